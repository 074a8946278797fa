/* A UKey as its maker's library sees it (SKF, GM/T 0016), with what a hand has done to it in two files beside the
   library: LIBRARY.state holds "key=value" lines, LIBRARY.fault one line "what FUNCTION [once]".

   keys    present (0, 1 or 2 tokens), serial, label, maker, uscc, holder, application, container, build (length of
           DEVINFO), wide (1: ULONG has eight bytes)
   faults  crash, kill, abort, hang, refuse:XXXXXXXX, noise, flood, pull (the token is out before the function acts)

   The certificate is signed with SM2 over SM3 by a key made when the library is loaded. SKF_VerifyPIN only notes that
   somebody came with a PIN: nobody here ever should.

   gcc -shared -fPIC -O1 -o libskftoken.so skf_token.c -lcrypto */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OK 0u
#define FAIL 0x0A000001u
#define INVALID_HANDLE 0x0A000005u
#define NO_CERTIFICATE 0x0A00001Cu
#define TOO_SMALL 0x0A000020u
#define REMOVED 0x0A000023u
#define NO_APPLICATION 0x0A00002Eu
#define DEVICE ((void *)0x5D01)
#define APPLICATION ((void *)0x5D02)
#define CONTAINER ((void *)0x5D03)

typedef uint32_t SAR;
static char base[4096];
static EVP_PKEY *key;

__attribute__((constructor)) static void begin(void)
{
    Dl_info self;
    if (dladdr((void *)&base, &self)) snprintf(base, sizeof base, "%s", self.dli_fname);
    key = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
}

static FILE *beside(const char *ending, const char *how)
{
    char path[4200];
    snprintf(path, sizeof path, "%s%s", base, ending);
    return fopen(path, how);
}

static void state(const char *name, char *value, size_t size, const char *otherwise)
{
    char line[1024];
    size_t length = strlen(name);
    FILE *file = beside(".state", "r");
    snprintf(value, size, "%s", otherwise);
    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, name, length) && line[length] == '=') {
            line[strcspn(line, "\n")] = 0;
            snprintf(value, size, "%s", line + length + 1);
        }
    if (file) fclose(file);
}

static int number(const char *name, int otherwise)
{
    char value[32], usual[32];
    snprintf(usual, sizeof usual, "%d", otherwise);
    state(name, value, sizeof value, usual);
    return atoi(value);
}

static void put(void *where, unsigned long value)
{
    if (number("wide", 0)) *(uint64_t *)where = value;
    else *(uint32_t *)where = (uint32_t)value;
}

static unsigned long get(const void *where)
{
    return number("wide", 0) ? *(const uint64_t *)where : *(const uint32_t *)where;
}

/* What is wrong with this function now: a number to answer with, or 0; it may also never come back. */
static SAR wrong(const char *function, char *what)
{
    char name[64] = "", once[16] = "", path[4200];
    FILE *file = beside(".fault", "r");
    what[0] = 0;
    if (!file) return OK;
    int read = fscanf(file, "%31s %63s %15s", what, name, once);
    fclose(file);
    if (read < 2 || strcmp(name, function)) {
        what[0] = 0;
        return OK;
    }
    snprintf(path, sizeof path, "%s.fault", base);
    if (!strcmp(once, "once")) unlink(path);
    if (!strcmp(what, "crash")) *(volatile int *)0 = 1;
    if (!strcmp(what, "kill")) raise(SIGKILL);
    if (!strcmp(what, "abort")) abort();
    if (!strcmp(what, "hang")) for (;;) pause();
    if (!strcmp(what, "pull")) return REMOVED;
    return strncmp(what, "refuse:", 7) ? OK : (SAR)strtoul(what + 7, NULL, 16);
}

static SAR list(char *names, void *size, const char *text, size_t length, const char *what)
{
    if (!strcmp(what, "flood")) { put(size, 0x7FFFFFFF); return OK; }
    if (names && get(size) < length) { put(size, length); return TOO_SMALL; }
    if (names) memcpy(names, text, length);
    if (names && !strcmp(what, "noise")) memset(names, 'x', length);
    put(size, length);
    return OK;
}

SAR SKF_EnumDev(long present, char *names, void *size)
{
    char what[32];
    SAR sar = wrong("SKF_EnumDev", what);
    int there = number("present", 0);
    (void)present;
    if (sar) return sar;
    if (there > 1) return list(names, size, "Token 0\0Token 1\0", 17, what);
    return there ? list(names, size, "Token 0\0", 9, what) : list(names, size, "\0", 2, what);
}

SAR SKF_ConnectDev(char *name, void **device)
{
    char what[32];
    SAR sar = wrong("SKF_ConnectDev", what);
    if (sar) return sar;
    if (!number("present", 0) || strncmp(name, "Token ", 6)) return REMOVED;
    *device = DEVICE;
    return OK;
}

SAR SKF_DisConnectDev(void *device) { return device == DEVICE ? OK : INVALID_HANDLE; }

static void text(unsigned char *into, size_t size, const char *name, const char *otherwise)
{
    char value[512];
    state(name, value, sizeof value, otherwise);
    memset(into, 0, size);
    memcpy(into, value, strnlen(value, size));
}

SAR SKF_GetDevInfo(void *device, unsigned char *info)
{
    char what[32];
    SAR sar = wrong("SKF_GetDevInfo", what);
    int length = number("build", 294);
    if (sar) return sar;
    if (device != DEVICE) return INVALID_HANDLE;
    if (!number("present", 0)) return REMOVED;
    memset(info, 0, length);
    if (!strcmp(what, "noise")) { memset(info, 0x81, length); return OK; }
    info[0] = 1;
    text(info + 2, 64, "maker", "Sample Token Works");
    text(info + 66, 64, "issuer", "Sample Authority");
    text(info + 130, 32, "label", "TAXUKEY");
    text(info + 162, 32, "serial", "");
    info[194] = info[196] = 2;
    return OK;
}

SAR SKF_EnumApplication(void *device, char *names, void *size)
{
    char what[32], name[64], both[70] = { 0 };
    SAR sar = wrong("SKF_EnumApplication", what);
    if (sar) return sar;
    if (device != DEVICE) return INVALID_HANDLE;
    state("application", name, sizeof name, "TAX");
    snprintf(both, sizeof both, "%s", name);
    return list(names, size, both, strlen(name) + 2, what);
}

SAR SKF_OpenApplication(void *device, char *name, void **application)
{
    char what[32], there[64];
    SAR sar = wrong("SKF_OpenApplication", what);
    if (sar) return sar;
    state("application", there, sizeof there, "TAX");
    if (device != DEVICE || strcmp(name, there)) return NO_APPLICATION;
    *application = APPLICATION;
    return OK;
}

SAR SKF_CloseApplication(void *application) { return application == APPLICATION ? OK : INVALID_HANDLE; }

SAR SKF_EnumContainer(void *application, char *names, void *size)
{
    char what[32], name[64], both[70] = { 0 };
    SAR sar = wrong("SKF_EnumContainer", what);
    if (sar) return sar;
    if (application != APPLICATION) return INVALID_HANDLE;
    state("container", name, sizeof name, "");
    snprintf(both, sizeof both, "%s", name);
    return list(names, size, both, strlen(name) + 2, what);
}

SAR SKF_OpenContainer(void *application, char *name, void **container)
{
    char what[32];
    SAR sar = wrong("SKF_OpenContainer", what);
    (void)name;
    if (sar) return sar;
    if (application != APPLICATION) return INVALID_HANDLE;
    *container = CONTAINER;
    return OK;
}

SAR SKF_CloseContainer(void *container) { return container == CONTAINER ? OK : INVALID_HANDLE; }

static void name_field(X509_NAME *subject, const char *field, const char *name)
{
    char value[512];
    state(name, value, sizeof value, "");
    if (value[0]) X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8, (unsigned char *)value, -1, -1, 0);
}

static int certificate(unsigned char **der)
{
    X509 *made = X509_new();
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    EVP_PKEY_CTX *signer = EVP_PKEY_CTX_new(key, NULL);
    X509_NAME *subject = X509_NAME_new();
    int length = 0;
    name_field(subject, "CN", "holder");
    name_field(subject, "serialNumber", "uscc");
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), 450);
    X509_gmtime_adj(X509_getm_notBefore(made), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made), 31536000);
    X509_set_subject_name(made, subject);
    X509_set_issuer_name(made, subject);
    X509_set_pubkey(made, key);
    EVP_PKEY_CTX_set1_id(signer, "1234567812345678", 16);
    EVP_MD_CTX_set_pkey_ctx(digest, signer);
    if (EVP_DigestSignInit(digest, NULL, EVP_sm3(), NULL, key) == 1 && X509_sign_ctx(made, digest) > 0)
        length = i2d_X509(made, der);
    X509_NAME_free(subject);
    EVP_MD_CTX_free(digest);
    EVP_PKEY_CTX_free(signer);
    X509_free(made);
    return length;
}

SAR SKF_ExportCertificate(void *container, long sign, unsigned char *bytes, void *size)
{
    static unsigned char *held; /* the same bytes for the size and for the certificate */
    static int length;
    char what[32];
    SAR sar = wrong("SKF_ExportCertificate", what);
    (void)sign;
    if (sar) return sar;
    if (container != CONTAINER) return INVALID_HANDLE;
    if (!number("present", 0)) return REMOVED;
    if (!bytes) {
        OPENSSL_free(held);
        held = NULL;
        length = certificate(&held);
        if (length <= 0) return FAIL;
    }
    if (bytes && get(size) < (unsigned long)length) return TOO_SMALL;
    if (bytes) memcpy(bytes, held, length);
    if (bytes && !strcmp(what, "noise")) memset(bytes, 0x30, length);
    put(size, length);
    return OK;
}

SAR SKF_VerifyPIN(void *application, unsigned long type, char *pin, void *left)
{
    FILE *file = beside(".pins", "a");
    (void)application, (void)type, (void)pin, (void)left;
    if (file) fputs("a PIN was shown\n", file), fclose(file);
    return FAIL;
}
