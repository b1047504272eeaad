console.log('which one?');
