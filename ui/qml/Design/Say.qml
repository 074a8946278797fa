pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import Bridge

// Words by key; a binding that calls these follows the language.
QtObject {
    function t(key: string): string {
        return Spoken.text(Spoken.language, key, {});
    }

    function f(key: string, args: var): string {
        return Spoken.text(Spoken.language, key, args);
    }
}
