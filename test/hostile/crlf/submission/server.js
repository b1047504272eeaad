#!/usr/bin/env node
'use strict';
require('./contract').serve();
