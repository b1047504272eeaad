import { definePage } from './page.js';

export interface SignIn {
  /** Path to go to afterwards. */
  readonly to: string;
  readonly wrong: boolean;
}

export const signInPage = definePage<SignIn>(
  'Sign in',
  '<h1>Sign in to Assayer</h1>' +
    '{{#if wrong}}<p class="wrong" role="alert">This token is not valid. Check that you copied all of it.</p>{{/if}}' +
    '<form method="post" action="/signin"><input type="hidden" name="to" value="{{to}}">' +
    '<label for="token">API token</label><input id="token" name="token" type="password" autocomplete="off" required autofocus>' +
    '<button>Sign in</button></form>' +
    '<p class="quiet">The server printed it at its first start, and keeps it in the file <code>token</code> of its state folder.</p>',
);

export const signedInPage = definePage<{ readonly name: string }>(
  'Signed in',
  '<h1>Signed in</h1><p>You are signed in as {{name}}.</p>' +
    '<p><a href="/api/v1/submissions">Submissions</a> · <a href="/api/v1/assessments">Assessments</a></p>',
);
