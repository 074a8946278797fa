import QtQuick

// The same two ways as for a case that was submitted: the card on the reader, or the code of the slip.
FindMyCase {}
