module.exports = 'contract';
