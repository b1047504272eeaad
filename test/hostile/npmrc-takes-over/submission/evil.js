require('node:fs').writeFileSync('./ran', 'node-options');
