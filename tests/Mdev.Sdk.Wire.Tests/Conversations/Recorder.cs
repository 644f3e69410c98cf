using System.Net.Sockets;
using Mdev.Sdk.Wire.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests.Conversations;

/// <summary>
/// Stands between a client and a server, passes bytes and descriptors on, and writes the messages down. README.md says how it is run.
/// </summary>
internal static class Recorder
{
    // A firmware and a driver ask the same many times over; a few of each are enough to replay and to mutate.
    private const int MostOfOneKind = 4;
    private const int MostMessages = 800;

    /// <summary>Records the one conversation of the next client.</summary>
    /// <param name="listen">Where the client will connect.</param>
    /// <param name="server">The server's socket.</param>
    /// <param name="file">Receives the conversation.</param>
    /// <param name="title">Its first line, which says what it is.</param>
    public static void Run(string listen, string server, string file, string title)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(listen));
        listener.Listen();
        Console.Out.WriteLine("ready");

        using var client = new RawSocket(listener.Accept());
        using var device = RawSocket.Connect(server);
        using var output = new StreamWriter(file) { NewLine = "\n" };
        output.WriteLine($"# {title}");
        var kinds = new Dictionary<string, int>();
        var left = new HashSet<ushort>();
        int written = 0;
        void Write(Line line)
        {
            if (written < MostMessages && IsWorthIt(line, kinds, left))
            {
                written++;
                output.WriteLine(line.ToString());
            }
        }

        var request = new Direction(client, device, line => Write(line with { FromClient = true }));
        var reply = new Direction(device, client, Write);
        while (RawSocket.Wait([client, device], room: false, TimeSpan.FromMinutes(10)))
        {
            if (!request.Pass() || !reply.Pass())
                return;
        }
    }

    private static bool IsWorthIt(Line line, Dictionary<string, int> kinds, HashSet<ushort> left)
    {
        const ushort SetIrqs = 8, RegionRead = 9, RegionWrite = 10;
        ushort id = BitConverter.ToUInt16(line.Bytes);
        if (!line.FromClient)
            return !left.Remove(id);
        if (line.Command is not (SetIrqs or RegionRead or RegionWrite) || line.Descriptors.Length > 0)
            return true;

        string kind = Convert.ToHexString(line.Bytes, 2, 2) + Convert.ToHexString(line.Bytes, 16, 16);
        int count = kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        const uint NoReply = 0x10;
        if (count > MostOfOneKind && (line.Flags & NoReply) == 0)
            left.Add(id);
        return count <= MostOfOneKind;
    }

    /// <summary>What one end says to the other.</summary>
    private sealed class Direction(RawSocket from, RawSocket to, Action<Line> write)
    {
        private readonly List<byte> _bytes = [];
        private readonly List<SafeFileHandle> _descriptors = [];
        private readonly byte[] _buffer = new byte[1 << 16];
        private string _kinds = "";

        /// <summary>Passes on what is there.</summary>
        /// <returns><see langword="false"/> if one of them is gone.</returns>
        public bool Pass()
        {
            int received = from.Receive(_buffer, _descriptors);
            if (received <= 0)
                return received == 0;

            _kinds += string.Concat(_descriptors.Select(KindOf));
            int[] descriptors = [.. _descriptors.Select(d => (int)d.DangerousGetHandle())];
            for (int sent = 0; sent < received;)
            {
                int more = to.Send(_buffer.AsSpan(sent, received - sent), sent == 0 ? descriptors : []);
                if (more < 0)
                    return false;
                if (more == 0)
                    to.Wait(room: true, TimeSpan.FromSeconds(1));
                sent += more;
            }
            _descriptors.ForEach(d => d.Dispose());
            _descriptors.Clear();

            _bytes.AddRange(_buffer.AsSpan(0, received));
            WriteMessages();
            return true;
        }

        // A receive ends with the bytes that descriptors travel with, so they belong to the last message in it.
        private void WriteMessages()
        {
            while (_bytes.Count >= 16 && BitConverter.ToInt32([.. _bytes[4..8]]) is var size && _bytes.Count >= size)
            {
                bool last = _bytes.Count == size;
                write(new Line(false, last ? _kinds : "", [.. _bytes[..size]]));
                _bytes.RemoveRange(0, size);
                if (last)
                    _kinds = "";
            }
        }

        private static string KindOf(SafeFileHandle descriptor)
        {
            string target = new FileInfo($"/proc/self/fd/{(int)descriptor.DangerousGetHandle()}").LinkTarget ?? "";
            return target.StartsWith("/memfd:", StringComparison.Ordinal) ? "m"
                : target.Contains("[eventfd]", StringComparison.Ordinal) ? "e" : "o";
        }
    }
}
