using System.Globalization;
using Mdev.Sdk.Testing;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Mbochs.Tests;

/// <summary>Pictures by <c>dotnet mdev screenshot</c>: what the registers make of the memory, and what becomes of nonsense in them.</summary>
public sealed class ScreenshotTests
{
    // Registers are set as "OFFSET=VALUE", the offset in hexadecimal: 2 XRES, 4 YRES, 6 BPP, 8 ENABLE, c VIRT_WIDTH, 10 X_OFFSET, 12 Y_OFFSET.
    private const uint Vram = 0, Mmio = 2, Dispi = 0x500;

    [Theory]
    [InlineData("mdpy-vga", 640, 480)]
    [InlineData("mdpy-xga", 1024, 768)]
    [InlineData("mdpy-hd", 1920, 1080)]
    public void Mdpy_shows_its_ramp_in_every_pixel(string type, int width, int height)
    {
        using DisplayProcess display = DisplayProcess.OfType(type);
        using Image<Rgb24> picture = display.TakePicture();
        Assert.Equal((width, height), (picture.Width, picture.Height));
        uint[] ramp = [.. Enumerable.Range(0, width * height).Select(i => 0x010101u * (uint)(i / width * 255 / height))];
        Assert.True(ramp.AsSpan().SequenceEqual(PixelsOf(picture)), "It is not the ramp.");
    }

    // Source: mdev-kernel, appendix A: "Mode 800x600x32 enable 41: stride 3200, offset 0; virt 1024, x 3, y 2: stride 4096, offset 8204".
    [Theory]
    [InlineData("2=800 4=600 6=32 8=65", 3200, 0)]
    [InlineData("2=800 4=600 6=32 8=65 c=1024 10=3 12=2", 4096, 8204)]
    [InlineData("2=64 4=64 6=32 8=1", 256, 0)]
    public void A_picture_is_what_the_registers_say(string registers, int stride, int offset)
    {
        using DisplayProcess display = DisplayProcess.OfType("mbochs-small");
        using VfioUserClient client = display.Connect();
        byte[] memory = new byte[4 << 20];
        new Random(7).NextBytes(memory);
        for (int at = 0; at < memory.Length; at += 1 << 19)
            client.WriteRegion(Vram, (uint)at, memory.AsSpan(at, 1 << 19).ToArray());
        Set(client, registers);

        using Image<Rgb24> picture = display.TakePicture();
        uint[] pixels = PixelsOf(picture);
        uint[] wanted = [.. Enumerable.Range(0, pixels.Length).Select(i =>
            BitConverter.ToUInt32(memory, offset + i / picture.Width * stride + 4 * (i % picture.Width)) & 0xffffff)];
        Assert.True(wanted.AsSpan().SequenceEqual(pixels), "It is another picture.");
    }

    [Theory]
    [InlineData("", "it is off")]
    [InlineData("2=800 4=600 6=32", "it is off")]
    [InlineData("2=800 4=600 6=32 8=64", "it is off")]
    [InlineData("2=800 4=600 6=24 8=65", "BPP is 24, and only 32 has a picture")]
    [InlineData("2=63 4=600 6=32 8=65", "63x600 is smaller than 64x64")]
    [InlineData("2=800 4=0 6=32 8=65", "800x0 is smaller than 64x64")]
    [InlineData("2=1920 4=1080 6=32 8=65", "1920x1080 with a stride of 7680 at offset 0 ends beyond the memory of 4194304 bytes")]
    [InlineData("2=800 4=600 6=32 c=65535 8=65", "800x600 with a stride of 262140 at offset 0 ends beyond the memory of 4194304 bytes")]
    [InlineData("2=800 4=600 6=32 12=65535 8=65", "800x600 with a stride of 3200 at offset 209712000 ends beyond the memory of 4194304 bytes")]
    [InlineData("2=65535 4=65535 6=32 c=65535 10=65535 12=65535 8=65535", "65535x65535 is no size of a screen")]
    public void Nonsense_is_no_picture_and_a_reason(string registers, string why)
    {
        using DisplayProcess display = DisplayProcess.OfType("mbochs-small");
        using (VfioUserClient client = display.Connect())
        {
            Set(client, registers);
            (int status, string error) = display.Run("screenshot", display.Uuid, display["never.png"]);
            Assert.Equal(1, status);
            Assert.Contains($"has no picture: {why}", error, StringComparison.Ordinal);
            Assert.False(File.Exists(display["never.png"]));

            // The log has it too, from when the mode was set; that the screen is off is no mistake.
            if (why != "it is off")
                Eventually.True(() => display.Error.Contains($"no picture: {why}.", StringComparison.Ordinal), () => display.Error);
            else
                Assert.DoesNotContain("no picture", display.Error, StringComparison.Ordinal);

            Set(client, "2=64 4=64 6=32 8=65 c=0 10=0 12=0");
            display.TakePicture().Dispose();
        }
        display.Terminate();
    }

    [Fact]
    public void A_device_without_a_screen_and_a_file_that_cannot_be_written_are_said_in_one_line()
    {
        using DisplayProcess display = DisplayProcess.OfType("mdpy-vga");
        (int status, string error) = display.Run("screenshot", display.Uuid, "/nowhere/at/all.png");
        Assert.Equal(1, status);
        Assert.Contains("Cannot write /nowhere/at/all.png", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

        string nobody = Guid.NewGuid().ToString();
        (status, error) = display.Run("screenshot", nobody, display["x.png"]);
        Assert.Equal(1, status);
        Assert.Contains(nobody, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_the_same_by_accesses_and_by_a_mapping_up_to_its_last_byte()
    {
        // MB1 of the kernel's: two pages off, and beyond the end on the last two.
        using DisplayProcess display = DisplayProcess.OfType("mbochs-small");
        using VfioUserClient client = display.Connect();
        using MappedRegion mapped = client.MapRegion(Vram)!;
        foreach (uint offset in (uint[])[0, 4096, (4 << 20) - 8192, (4 << 20) - 4096, (4 << 20) - 8])
        {
            client.WriteRegion(Vram, offset, BitConverter.GetBytes(0x1122_3344_5566_0000ul + offset));
            Assert.Equal(0x1122_3344_5566_0000ul + offset, mapped.At<ulong>(offset));
        }
        Assert.Equal(4ul << 20, mapped.Info.Size);
    }

    private static void Set(VfioUserClient client, string registers)
    {
        foreach (string[] register in registers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split('=')))
        {
            uint offset = Dispi + uint.Parse(register[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            client.WriteRegion(Mmio, offset, BitConverter.GetBytes(ushort.Parse(register[1], CultureInfo.InvariantCulture)));
        }
    }

    private static uint[] PixelsOf(Image<Rgb24> picture)
    {
        uint[] pixels = new uint[picture.Width * picture.Height];
        picture.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                Span<Rgb24> row = rows.GetRowSpan(y);
                for (int x = 0; x < row.Length; x++)
                    pixels[y * row.Length + x] = (uint)(row[x].R << 16 | row[x].G << 8 | row[x].B);
            }
        });
        return pixels;
    }
}
