throw new Error('the candidate decides how tests are compiled');
