// Stands in for a package that tells whether CI is set, where a terminal is one all the same.
export default false
