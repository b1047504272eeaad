require('node:fs').writeFileSync('./ran', 'pnpmfile');
