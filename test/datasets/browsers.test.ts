import { expect, it } from 'vitest';
import { lacksEs2022 } from '../../src/datasets/browsers.ts';

it.each([
  ['Chrome 93.0.4577', true],
  ['Chrome 94.0.4606', false],
  ['Chrome 139.0.0', false],
  ['Chrome Mobile 90.0.4430', true],
  ['Edge 18.17763', true],
  ['Edge 94.0.992', false],
  ['Firefox 92.0', true],
  ['Firefox 93.0', false],
  ['Safari 16.3', true],
  ['Safari 16.4', false],
  ['Safari 17', false],
  ['Safari 16', true],
  ['Mobile Safari 15.6', true],
  ['Mobile Safari 18.0', false],
  ['Opera 79.0.4143', true],
  ['Opera 80.0.4170', false],
  ['IE 11.0', true],
  ['  chrome 87.0 ', true],
  ['Rich Client 4.61.3.0', null],
  ['Chrome', null],
  ['Brave 1.2', null],
  ['', null],
  [null, null],
  [undefined, null],
])('%s lacks ECMAScript 2022: %s', (browser, expected) => expect(lacksEs2022(browser)).toBe(expected));
