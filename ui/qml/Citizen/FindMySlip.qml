import QtQuick

// The same two ways as for progress: the card on the reader, or the code of the slip.
FindMyCase {}
