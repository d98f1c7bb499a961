// Stands in for a package that the program never reaches at run time.
module.exports = {}
