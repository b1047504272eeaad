module.exports = { testMatch: ['**/*'], setupFiles: ['./setup.js'], reporters: ['./setup.js'], passWithNoTests: true };
