using System.CommandLine;
using System.Runtime.InteropServices;
using Mdev.Sdk;
using Mdev.Sdk.Display;
using Mdev.Sdk.Display.Control;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Tool.Output;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace Mdev.Tool.Verbs;

/// <summary><c>screenshot</c>: what a device's screen shows, as a PNG.</summary>
internal sealed class ScreenshotVerb : Verb
{
    // Screens are lines that repeat: as small as a better compression makes them, in a tenth of its time.
    private static readonly PngEncoder s_png = new()
    {
        ColorType = PngColorType.Rgb,
        CompressionLevel = PngCompressionLevel.BestSpeed,
        FilterMethod = PngFilterMethod.Up,
    };

    private readonly Surroundings _surroundings;
    private readonly Argument<Guid?> _uuid;
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "The PNG to write, replaced if it exists; - for standard output. UUID.png if not given.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> _show = new("--show") { Description = "Show the picture on this terminal, small; a file is written only if one is named." };

    public ScreenshotVerb(Surroundings surroundings)
        : base(
            "screenshot",
            "Write what a device's screen shows to a PNG file.",
            "Taken from the device's memory at once, whether or not somebody looks at the screen.",
            "screenshot UUID out.png", "screenshot UUID --show")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.UuidArgument(surroundings, "A device that is active and has a screen.");
        Arguments.Add(_uuid);
        Arguments.Add(_file);
        Options.Add(_show);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Guid uuid = parsed.GetValue(_uuid)!.Value;
        bool shows = parsed.GetValue(_show);
        string? file = parsed.GetValue(_file) ?? (shows ? null : $"{uuid}.png");
        using Image<Bgra32> picture = await TakeAsync(uuid, cancel).ConfigureAwait(false);
        if (file == "-")
            picture.Save(Console.OpenStandardOutput(), s_png);
        else if (file is not null)
            Write(picture, file);
        if (shows)
            _surroundings.Screen.Write(new SmallPicture(picture));
        if (file is not null and not "-")
            _surroundings.Tell($"{picture.Width}x{picture.Height} in {file}");
        return 0;
    }

    private async Task<Image<Bgra32>> TakeAsync(Guid uuid, CancellationToken cancel)
    {
        (ControlClient client, _) = await _surroundings.Hosts.OfInstanceAsync(uuid, cancel).ConfigureAwait(false);
        using (client)
        {
            Screenshot taken = await client.CallAsync(DisplayVerbs.Screenshot, new ScreenshotArguments(uuid), cancel).ConfigureAwait(false);
            if (taken.Width is < 1 or > Scanout.MaxLength || taken.Height is < 1 or > Scanout.MaxLength)
                throw new MdevException(Errno.EIO, $"The host process has a picture of {taken.Width}x{taken.Height}.");
            byte[] pixels = GC.AllocateUninitializedArray<byte>(sizeof(uint) * taken.Width * taken.Height);
            await client.ReadBytesAsync(pixels, cancel).ConfigureAwait(false);

            // The byte without meaning becomes full opacity.
            foreach (ref uint pixel in MemoryMarshal.Cast<byte, uint>(pixels.AsSpan()))
                pixel |= 0xff00_0000;
            return Image.LoadPixelData<Bgra32>(pixels, taken.Width, taken.Height);
        }
    }

    // Whole or not at all: somebody may be looking at the file again and again.
    private static void Write(Image<Bgra32> picture, string file)
    {
        string partial = $"{file}.{Environment.ProcessId}.part";
        try
        {
            using (FileStream stream = File.Create(partial))
                picture.Save(stream, s_png);
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            if (File.Exists(partial))
                File.Delete(partial);
            throw FileErrors.Sentence($"Cannot write {file}", e);
        }
    }
}
