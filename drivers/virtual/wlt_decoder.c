/* Stands in for a maker's photo decoder: 1024 bytes in, 102 by 126 pixels out (kind 1: as a bitmap file). What comes
   out is stripes whose colours follow from the bytes: no face, and nobody could take it for one. Where the file
   LIBRARY.SUM lies beside it (the block's sum, eight hex digits), it is the pixels in that: a drawn face.
   The file LIBRARY.fault holds what goes wrong: crash, hang, nothing, half, flood.

   gcc -shared -fPIC -O1 -o libwlt.so wlt_decoder.c */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WIDTH 102
#define HEIGHT 126
#define ROW ((WIDTH * 3 + 3) / 4 * 4)

static void fault(char *what, size_t size)
{
    char path[4200];
    Dl_info self;
    FILE *file;
    what[0] = 0;
    if (!dladdr((void *)fault, &self)) return;
    snprintf(path, sizeof path, "%s.fault", self.dli_fname);
    file = fopen(path, "r");
    if (!file) return;
    if (!fgets(what, (int)size, file)) what[0] = 0;
    fclose(file);
}

/* Pixels of a drawn face from the top, blue first; whether there are any. */
static int drawn(uint32_t sum, unsigned char *pixels)
{
    char path[4200];
    Dl_info self;
    FILE *file;
    size_t got;
    if (!dladdr((void *)drawn, &self)) return 0;
    snprintf(path, sizeof path, "%s.%08x", self.dli_fname, sum);
    file = fopen(path, "rb");
    if (!file) return 0;
    got = fread(pixels, 1, WIDTH * 3 * HEIGHT, file);
    fclose(file);
    return got == WIDTH * 3 * HEIGHT;
}

static void put32(unsigned char *at, uint32_t value) { memcpy(at, &value, 4); }

int unpack(const unsigned char *source, unsigned char *target, int kind)
{
    char what[32];
    static unsigned char face[WIDTH * 3 * HEIGHT];
    uint32_t sum = 2166136261u;
    int at, x, y, head = kind == 1 ? 54 : 0, row = kind == 1 ? ROW : WIDTH * 3;
    fault(what, sizeof what);
    if (!strcmp(what, "crash")) *(volatile int *)0 = 1;
    if (!strcmp(what, "hang")) for (;;) pause();
    if (!strcmp(what, "nothing")) return 0;
    if (!strcmp(what, "flood")) memset(target, 1, 1 << 24);
    for (at = 0; at < 1024; at++) sum = (sum ^ source[at]) * 16777619u;
    if (kind == 1) {
        memset(target, 0, 54);
        memcpy(target, "BM", 2);
        put32(target + 2, 54 + ROW * HEIGHT);
        put32(target + 10, 54);
        put32(target + 14, 40);
        put32(target + 18, WIDTH);
        put32(target + 22, HEIGHT);
        target[26] = 1;
        target[28] = 24;
        put32(target + 34, ROW * HEIGHT);
    }
    if (drawn(sum, face)) {
        for (y = 0; y < HEIGHT; y++) /* a bitmap file begins with its lowest row */
            memcpy(target + head + y * row, face + (kind == 1 ? HEIGHT - 1 - y : y) * WIDTH * 3, WIDTH * 3);
        return 1;
    }
    for (y = 0; y < (!strcmp(what, "half") ? HEIGHT / 2 : HEIGHT); y++)
        for (x = 0; x < row; x++) target[head + y * row + x] = (unsigned char)(sum >> (y / 9 % 3 * 8));
    return 1;
}
