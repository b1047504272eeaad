'use strict';
require('./contract').serve({ port: process.env.APP_PORT ?? 5000 });
