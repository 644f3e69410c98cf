using System.Buffers.Text;
using System.Globalization;
using Mdev.Bench.Blocks;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bench.Servers;

/// <summary>
/// The process at the other end: this program once more, serving. On a byte of its standard input it says how much has
/// been allocated in it; at the end of its input it ends, so that no server outlives its bench.
/// </summary>
internal static unsafe class Serving
{
    public const string Floor = "serve-floor", Device = "serve-device", BlockingDevice = "serve-blocking", Memory = "serve-memory", Bridge = "serve-bridge", FuseFloor = "serve-fuse-floor";

    /// <summary>A screen on a page, of which a quarter changes 30 times a second: pictures, noise, or never.</summary>
    public const string Page = "serve-page", NoisyPage = "serve-page-noise", StillPage = "serve-page-still";

    // The number of devices follows.
    private const string Many = "serve-many-", Tree = "serve-tree-";

    // The number of the VNC display follows.
    private const string Screen = "serve-screen-";

    public static bool IsMode(string name) =>
        name is Floor or Device or BlockingDevice or Memory or Bridge or FuseFloor or Page or NoisyPage or StillPage || name.StartsWith(Many, StringComparison.Ordinal)
        || name.StartsWith(Tree, StringComparison.Ordinal) || name.StartsWith(Screen, StringComparison.Ordinal);

    /// <summary>Several devices in one process.</summary>
    public static string Devices(int count) => $"{Many}{count}";

    /// <summary>A tree of so many instances, at the path as mdevctl's root.</summary>
    public static string TreeOf(int count) => $"{Tree}{count}";

    /// <summary>A screen that viewers find at a display.</summary>
    public static string ScreenAt(int display) => $"{Screen}{display}";

    /// <summary>Where one of several devices is served.</summary>
    public static string PathOf(string path, int device) => $"{path}.{device}";

    public static int Run(string mode, string path)
    {
        if (mode.StartsWith(Tree, StringComparison.Ordinal))
        {
            using var tree = new ServedTree(path, int.Parse(mode[Tree.Length..], CultureInfo.InvariantCulture));
            Say("ready\n"u8);
            AnswerQuestions();
            return 0;
        }

        if (mode is Page or NoisyPage or StillPage)
        {
            using var page = new ServedPage(path, mode == StillPage ? 0 : 30, isNoise: mode == NoisyPage);
            Say("ready\n"u8);
            AnswerQuestions();
            return 0;
        }

        if (mode.StartsWith(Screen, StringComparison.Ordinal))
        {
            using var screen = new ServedScreen(path, int.Parse(mode[Screen.Length..], CultureInfo.InvariantCulture));
            Say("ready\n"u8);
            AnswerQuestions();
            return 0;
        }

        if (mode is Bridge or FuseFloor)
        {
            using IDisposable mount = mode == Bridge ? new ServedBridge(path) : new FuseFloor(path);
            Say("ready\n"u8);
            AnswerQuestions();
            return 0;
        }

        VfioUserServer[] servers = mode switch
        {
            Floor => [],
            Device => [Listen(new BenchDevice(), path)],
            BlockingDevice => [Listen(new BenchDevice(), path, new ServerOptions(Poll: TimeSpan.Zero))],
            Memory => [Listen(new MemoryDevice(), path)],
            _ => [.. Enumerable.Range(0, int.Parse(mode[Many.Length..], CultureInfo.InvariantCulture))
                .Select(device => Listen(new BenchDevice(), PathOf(path, device)))],
        };
        if (mode == Floor)
            FloorServer.Listen(path);

        Say("ready\n"u8);
        AnswerQuestions();
        foreach (VfioUserServer server in servers)
            server.Dispose();
        return 0;
    }

    private static VfioUserServer Listen(VfioDevice device, string path, ServerOptions? options = null)
    {
        device.Realize(Guid.NewGuid(), NullLogger.Instance);
        return VfioUserServer.Listen(device, path, options);
    }

    // By bare system calls, which allocate nothing themselves.
    private static void AnswerQuestions()
    {
        byte question;
        Span<byte> answer = stackalloc byte[32];
        while (Libc.read(0, &question, 1) == 1)
        {
            Utf8Formatter.TryFormat(GC.GetTotalAllocatedBytes(precise: true), answer, out int length);
            answer[length++] = (byte)'\n';
            Say(answer[..length]);
        }
    }

    private static void Say(ReadOnlySpan<byte> line)
    {
        fixed (byte* bytes = line)
            _ = Libc.write(1, bytes, (nuint)line.Length);
    }
}
