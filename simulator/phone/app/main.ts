import { h, render } from 'preact';
import { Desk } from './desk.ts';
import { watchSimulator } from './live.ts';

const place = document.getElementById('desk');
if (place) {
  watchSimulator();
  place.replaceChildren();
  render(h(Desk, {}), place);
}
