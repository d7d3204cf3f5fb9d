package phifleet.webui.browser;

/** What is drawn on a canvas of the page. */
record Canvas(Browser browser, String css) {
    /**
     * How many points are in about a colour of the page.
     *
     * @param colour the name of its variable, without dashes
     * @param apart they are less than this from it, summed over red, green and blue
     * @param opaque and more than this, of 255
     */
    double points(String colour, int apart, int opaque) {
        return browser.number("""
                const canvas = document.querySelector("%s");
                const probe = document.createElement("span");
                probe.style.color = "var(--%s)";
                document.body.append(probe);
                const [r, g, b] = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
                probe.remove();
                const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                let count = 0;
                for (let i = 0; i < data.length; i += 4) {
                  const near = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < %d;
                  count += data[i + 3] > %d && near ? 1 : 0;
                }
                return count;
                """.formatted(css, colour, apart, opaque));
    }
}
