using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Mdev.Guest.Tests;

/// <summary>What a guest draws on samples/Mbochs, by the kernel's bochs driver, and on samples/Mdpy is compared with the PNG that the tool makes of it.</summary>
public sealed class DisplayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mdev-");

    // Of large, nothing beyond 4K: two pictures of a mode must fit the memory, says the driver.
    [LabTheory]
    [InlineData("mbochs-small", "800x600", "800x600 640x480")]
    [InlineData("mbochs-medium", "1920x1080", "1920x1080 1680x1050 1280x1024 1440x900 1280x800 1280x720 1024x768 800x600 640x480")]
    [InlineData("mbochs-large", "3840x2160", "3840x2160 1920x1200 1920x1080 1600x1200 1680x1050 1280x1024 1440x900 1280x800 1280x720 1024x768 800x600 640x480")]
    public void Every_mode_of_the_monitor_shows_each_pixel_that_was_drawn(string type, string resolution, string modes)
    {
        using Card display = Card.Display(type, "--resolution", resolution);
        int pictures = Follow(display, out string output);
        Assert.Contains("monitor connected, EDID of 128 bytes, name Mbochs", output, StringComparison.Ordinal);
        Assert.Equal(
            modes.Split(' ').Order(StringComparer.Ordinal),
            ModesOf(output).Order(StringComparer.Ordinal));
        Assert.Equal(modes.Split(' ').Length + 1, pictures);

        // What is drawn never comes here: QEMU has mapped the memory. Only regions that were accessed are counted.
        using JsonDocument inspected = JsonDocument.Parse(Run("inspect", display.Uuid, display, "--json"));
        IEnumerable<int> accessed = inspected.RootElement.GetProperty("device").GetProperty("counters").GetProperty("regions")
            .EnumerateArray().Select(region => region.GetProperty("region").GetInt32());
        Assert.Equal([2, 7], accessed);
        Assert.DoesNotContain("warn", display.Log, StringComparison.Ordinal);
        Assert.Equal(0, display.Terminate());
    }

    [LabFact]
    public void Without_a_monitor_the_driver_takes_modes_of_its_own()
    {
        using Card display = Card.Display("mbochs-small");
        int pictures = Follow(display, out string output);
        Assert.Contains("640x480", ModesOf(output));
        Assert.Contains("800x600", ModesOf(output));
        Assert.True(pictures >= 3, output);
        Assert.DoesNotContain("warn", display.Log, StringComparison.Ordinal);
    }

    [LabTheory]
    [InlineData("mdpy-vga", "640x480")]
    [InlineData("mdpy-hd", "1920x1080")]
    public void Mdpy_needs_no_driver_to_show_what_is_drawn(string type, string size)
    {
        using Card display = Card.Display(type);
        Assert.Equal(1, Follow(display, out string output, "scripts/frame-buffer"));
        Assert.Contains($"format XR24, {size}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("warn", display.Log, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Takes a picture of each that the guest says is drawn, then lets it go on.
    private int Follow(Card display, out string output, string script = "scripts/display")
    {
        string answers = Path.Combine(_folder.FullName, "answers");
        using Guest guest = Guest.Start(
            display, Paths.Lab(script), "--qemu-arg", "-serial", "--qemu-arg", $"unix:{answers},server=on,wait=off");
        guest.WaitFor("modes ");
        using var port = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        port.Connect(new UnixDomainSocketEndPoint(answers));

        int pictures = 0;
        while (guest.Next("drawn ", pictures + 1) is { } line)
        {
            string[] words = line.Split(' ');
            Compare(TakePicture(display), words[1], uint.Parse(words[2].Split(':')[1], CultureInfo.InvariantCulture));
            pictures++;
            port.Send("\n"u8);
        }
        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        output = guest.Output;
        return pictures;
    }

    private static string[] ModesOf(string output) =>
        output.Split('\n').Single(line => line.StartsWith("modes ", StringComparison.Ordinal)).Trim().Split(' ')[1..];

    private string TakePicture(Card display)
    {
        string file = Path.Combine(_folder.FullName, "picture.png");
        Run("screenshot", display.Uuid, display, file);
        return file;
    }

    private static string Run(string verb, string uuid, Card display, params string[] more)
    {
        var start = new ProcessStartInfo(Paths.Tool, [verb, uuid, .. more])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["MDEV_RUNTIME_DIR"] = display.RuntimeDirectory },
        };
        using Process tool = Process.Start(start)!;
        Task<string> said = tool.StandardError.ReadToEndAsync();
        string output = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        Assert.True(tool.ExitCode == 0, said.Result);
        return output;
    }

    // Source of the formula: lab/README.md, "Displays".
    private static void Compare(string file, string size, uint seed)
    {
        using Image<Rgb24> picture = Image.Load<Rgb24>(file);
        Assert.Equal(size, $"{picture.Width}x{picture.Height}");
        long wrong = 0;
        picture.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                Span<Rgb24> row = rows.GetRowSpan(y);
                for (int x = 0; x < row.Length; x++)
                {
                    uint v = (uint)x * 0x9e3779b1 + (uint)y * 0x85ebca77 + seed * 0xc2b2ae3d;
                    uint colour = (v ^ (v >> 16)) & 0xffffff;
                    wrong += row[x].R << 16 == (colour & 0xff0000) && row[x].G << 8 == (colour & 0xff00) && row[x].B == (colour & 0xff) ? 0 : 1;
                }
            }
        });
        Assert.True(wrong == 0, $"{wrong} pixels of {size}, seed {seed}, are not as drawn.");
    }
}
