using System.Buffers.Text;
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
    public const string Floor = "serve-floor", Device = "serve-device", Memory = "serve-memory";

    public static bool IsMode(string name) => name is Floor or Device or Memory;

    public static int Run(string mode, string path)
    {
        using VfioUserServer? server = mode switch
        {
            Device => Listen(new BenchDevice(), path),
            Memory => Listen(new MemoryDevice(), path),
            _ => null,
        };
        if (server is null)
            FloorServer.Listen(path);

        Say("ready\n"u8);
        AnswerQuestions();
        return 0;
    }

    private static VfioUserServer Listen(VfioDevice device, string path)
    {
        device.Realize(Guid.NewGuid(), NullLogger.Instance);
        return VfioUserServer.Listen(device, path);
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
