import QtQuick

// The number of the queue, and how many are before it.
TakeNumber {
    symbol: "people"
    symbolBelow: "card"
}
