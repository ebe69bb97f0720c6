package search

// Distance is what vectors test.
var Distance = distance
