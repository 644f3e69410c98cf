using System.Diagnostics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Mdev.Guest.Tests;

/// <summary>What somebody sees who has just cloned the repository.</summary>
public sealed class DemoTests
{
    [LabFact]
    public void The_demo_shows_the_card_its_ports_the_texts_the_interrupts_and_the_registers_by_name()
    {
        string output = Run();
        Assert.Contains("Serial controller [0700]: 4348:3253", output, StringComparison.Ordinal);
        for (int port = 1; port <= 2; port++)
        {
            Assert.Matches($@"ttyS{port} at I/O 0x[0-9a-f]+ \(irq = \d+, base_baud = 115200\) is a 16550A", output);
            Assert.Contains($"wrote      'hello, ttyS{port}'", output, StringComparison.Ordinal);
            Assert.Contains($"read back  'hello, ttyS{port}'", output, StringComparison.Ordinal);
            Assert.Contains($"BAR{port - 1}+0 THR  <- 0x68", output, StringComparison.Ordinal);
            Assert.Contains($"BAR{port - 1}+0 RBR  -> 0x68", output, StringComparison.Ordinal);
        }
        Assert.Matches(@"interrupts \d+ -> \d+", output);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
    }

    [LabFact]
    public void The_demo_of_the_display_shows_what_the_guest_drew_and_leaves_it_as_a_file()
    {
        string file = Repository.PathOf("artifacts/mbochs.png");
        string output = Run("mbochs");
        Assert.Contains("Display controller [0380]: 1234:1111", output, StringComparison.Ordinal);
        Assert.Contains("driver bochs-drm", output, StringComparison.Ordinal);
        Assert.Contains("drawn 1024x768 picture", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);

        // The sun stands in the middle, and shines in the rendering too.
        using Image<Rgb24> picture = Image.Load<Rgb24>(file);
        Assert.Equal((1024, 768, new Rgb24(0xff, 0xe8, 0xa0)), (picture.Width, picture.Height, picture[512, 384]));
        Assert.Matches(@"\*#+%+#+\*", output);
    }

    private static string Run(params string[] arguments)
    {
        Assert.True(Lab.IsReady, Lab.Missing);
        var start = new ProcessStartInfo(Repository.PathOf("demo.sh"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using Process demo = Process.Start(start)!;
        demo.StandardInput.Close();
        Task<string> error = demo.StandardError.ReadToEndAsync();
        string output = demo.StandardOutput.ReadToEnd();
        demo.WaitForExit();
        Assert.True(demo.ExitCode == 0, output + error.Result);
        return output;
    }
}
