export default { testMatch: ['**/*'], setupFiles: ['./setup.js'] };
