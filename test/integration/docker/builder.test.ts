import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { nodeBin, NODE_MAJORS } from '../../../docker/types.js';
import { bench, type Bench } from './support.js';

const ADDON = {
  'package.json': JSON.stringify({ name: 'addon', version: '1.0.0', gypfile: true }),
  'binding.gyp': JSON.stringify({ targets: [{ target_name: 'addon', sources: ['addon.cc'] }] }),
  // V8 itself, and not only Node-API: the headers have to be those of the very version.
  'addon.cc': `
    #include <node.h>
    void Answer(const v8::FunctionCallbackInfo<v8::Value>& call) { call.GetReturnValue().Set(42); }
    void Init(v8::Local<v8::Object> exports) { NODE_SET_METHOD(exports, "answer", Answer); }
    NODE_MODULE(NODE_GYP_MODULE_NAME, Init)`,
};

let it: Bench;
let builder: string;
beforeAll(async () => {
  it = await bench();
  builder = await it.images.builder();
}, 900_000);
afterAll(() => it.close());

test.each(NODE_MAJORS)(
  'builds a native module for Node %i without any network',
  async (major) => {
    const script = `PATH=${nodeBin(major)}:$PATH npm_config_nodedir=/opt/node/${major}; export PATH npm_config_nodedir
    npm install --offline --no-audit --no-fund >log 2>&1 || cat log
    node -p 'require("./build/Release/addon.node").answer()'`;
    const { code, text } = await it.run(builder, ['sh', '-c', script], ADDON);
    expect({ code, text }).toEqual({ code: 0, text: '42' });
  },
  180_000,
);
