/**
 * The pages in a real browser, against a real gateway and workers. Tagged {@code browser} and left out of an ordinary build:
 * {@code scripts/browser-test} installs Chromium, says how the programs are started, and runs them.
 */
@NullMarked
package phifleet.webui.browser;

import org.jspecify.annotations.NullMarked;
