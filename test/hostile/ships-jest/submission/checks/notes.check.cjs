exports.pass = true;
