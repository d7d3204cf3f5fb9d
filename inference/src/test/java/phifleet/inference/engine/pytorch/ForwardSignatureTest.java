package phifleet.inference.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.pytorch.ForwardSignature.Parameter;
import phifleet.inference.model.ModelException;
import phifleet.inference.testing.SharedFiles;

class ForwardSignatureTest {
    @TempDir
    private Path folder;

    @Test
    void parse_asTorchWritesIt_hasNamesTypesAndDefaults() throws Exception {
        String source = """
                class Other(Module):
                  def forward(self: __torch__.Other,
                    x: Tensor) -> Tensor:
                    return x
                class Encoder(Module):
                  __parameters__ = []
                  training : bool
                  def helper(self: __torch__.a.___torch_mangle_7.Encoder,
                    y: Tensor) -> Tensor:
                    return y
                  def forward(self: __torch__.a.___torch_mangle_7.Encoder,
                    input_ids: Tensor,
                    attention_mask: Optional[Tensor]=None,
                    extras: Dict[str, Tuple[Tensor, int]]=annotate(Dict[str, Tuple[Tensor, int]], {}),
                    scale: float=1.) -> Tuple[Tensor, Tensor]:
                    return (input_ids, input_ids)
                """;
        assertThat(ForwardSignature.parse(source, "Encoder").parameters())
                .containsExactly(
                        new Parameter("input_ids", "Tensor", false),
                        new Parameter("attention_mask", "Optional[Tensor]", true),
                        new Parameter("extras", "Dict[str, Tuple[Tensor, int]]", true),
                        new Parameter("scale", "float", true));
        assertThat(ForwardSignature.parse(source, "Other").parameters())
                .containsExactly(new Parameter("x", "Tensor", false));
    }

    @Test
    void parse_noForward_saysSo() {
        assertThatThrownBy(() -> ForwardSignature.parse("class A(Module):\n  training : bool\n", "A"))
                .isInstanceOf(ModelException.class)
                .hasMessage("the module A has no forward method");
    }

    @Test
    void read_archivesThatTorchWrote_findTheModulesOwnForward() throws Exception {
        assertThat(ForwardSignature.read(SharedFiles.file("models/mobilenet_v2_fp32_traced.pt"))
                        .parameters())
                .hasSize(1)
                .allMatch(parameter -> parameter.type().equals("Tensor"));
        assertThat(ForwardSignature.read(SharedFiles.file("models/silero_vad.jit"))
                        .parameters())
                .containsExactly(new Parameter("x", "Tensor", false), new Parameter("sr", "int", false));
    }

    @Test
    void read_fileThatIsNoArchive_saysWhatIsMissing() throws Exception {
        assertRefused(Files.writeString(folder.resolve("a.pt"), "no zip"), "is not a TorchScript archive");
        assertRefused(zip("b.pt", "archive/other"), "the zip has no data.pkl");
        assertRefused(zip("c.pt", "archive/data.pkl", "archive/data/0"), "it holds weights alone, without the code");
        assertRefused(folder.resolve("absent.pt"), "absent.pt");
    }

    @Test
    void names_inAnyOrder_areThoseOfForward() throws Exception {
        assertThat(names("token_type_ids: Tensor,\n    input_ids: Tensor,\n    attention_mask: Tensor"))
                .containsExactly("token_type_ids", "input_ids", "attention_mask");
        assertThat(names("input_ids: Tensor,\n    attention_mask: Tensor,\n    head_mask: Optional[Tensor]=None"))
                .containsExactly("input_ids", "attention_mask");
        assertThat(names("features: Dict[str, Tensor]"))
                .containsExactly("features.input_ids", "features.attention_mask", "features.token_type_ids");
    }

    @Test
    void names_thatASentenceEncoderHasNot_areRefused() {
        assertThatThrownBy(() -> names("pixels: Tensor"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("forward takes [pixels: Tensor], but pixels is not known");
        assertThatThrownBy(() -> names("attention_mask: Tensor"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("input_ids is missing");
        assertThatThrownBy(() -> names("input_ids: Tensor,\n    deep: bool=False,\n    attention_mask: Tensor=None"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("attention_mask stands after an input that is left out");
    }

    private static List<String> names(String parameters) throws ModelException {
        String source = "class A(Module):\n  def forward(self: __torch__.A,\n    " + parameters + ") -> Tensor:\n";
        return EncoderInputs.names(ForwardSignature.parse(source, "A"));
    }

    private static void assertRefused(Path archive, String reason) {
        assertThatThrownBy(() -> ForwardSignature.read(archive))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(archive.toString())
                .hasMessageContaining(reason);
    }

    private Path zip(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(new byte[] {(byte) 0x80, 2, '}'});
                zip.closeEntry();
            }
        }
        return file;
    }
}
