using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

/// <summary>
/// A vfio-user client: what QEMU does to a device, one call a command. Layouts are written here by hand and share nothing
/// with the server's, so that one mistake cannot hide in both. Source: vfio-user, "VFIO User Protocol".
/// </summary>
/// <remarks>
/// Not thread-safe. One send and one receive a call; the <c>Try…</c> forms allocate nothing once their buffers have grown.
/// A call throws <see cref="IOException"/> if the server has gone, <see cref="TimeoutException"/> if it does not answer,
/// <see cref="InvalidDataException"/> if its answer breaks the protocol.
/// </remarks>
public sealed partial class VfioUserClient : VfioClient
{
    private const int HeaderSize = VfioUserFrame.HeaderSize;

    private const uint Reply = 1;
    private const uint NoReply = 0x10;
    private const uint ErrorFlag = 0x20;

    private byte[] _request = new byte[4096];
    private ushort _lastId;

    /// <summary>Takes over a connection on which nothing has been sent; <see cref="Negotiate"/> comes first.</summary>
    /// <param name="connection">The connection.</param>
    public VfioUserClient(VfioUserConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection = connection;
    }

    /// <summary>The bytes below; what is sent there is the caller's own business.</summary>
    public VfioUserConnection Connection { get; }

    /// <summary>The JSON of the server's VERSION reply; empty before <see cref="Negotiate"/>.</summary>
    public string ServerCapabilities { get; private set; } = "";

    /// <summary>
    /// What the server's VERSION reply says: its own limits, and the features that both sides have. Nothing before
    /// <see cref="Negotiate"/>.
    /// </summary>
    public VfioUserCapabilities? Negotiated { get; private set; }

    /// <summary>Connects to a server's socket and negotiates.</summary>
    /// <param name="path">The socket; at most 107 bytes.</param>
    /// <param name="retryFor">How long to try again while nobody listens there; not at all if not given.</param>
    /// <param name="timeout">How long a single wait may take later on; 10 seconds if not given.</param>
    /// <param name="capabilities">What this client says of itself; the limits of QEMU and no features if not given.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="VfioException">The server refuses us.</exception>
    public static VfioUserClient Connect(
        string path, TimeSpan? retryFor = null, TimeSpan? timeout = null, VfioUserCapabilities? capabilities = null)
    {
        var client = new VfioUserClient(VfioUserConnection.Connect(path, retryFor, timeout));
        try
        {
            client.Negotiate(capabilities);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends VERSION.</summary>
    /// <param name="capabilities">What this client says of itself; the limits of QEMU and no features if not given.</param>
    /// <exception cref="VfioException">The server refuses us.</exception>
    public void Negotiate(VfioUserCapabilities? capabilities = null)
    {
        capabilities ??= new VfioUserCapabilities();
        byte[] json = Encoding.UTF8.GetBytes(capabilities.ToJson());
        Span<byte> payload = Begin(4 + json.Length + 1);
        payload.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(payload[2..], capabilities.Minor);
        json.CopyTo(payload[4..]);
        Check(Call(Command.Version, out ReadOnlySpan<byte> reply, out SafeFileHandle? twin), "VERSION");
        Expect(reply.Length >= 4 && BinaryPrimitives.ReadUInt16LittleEndian(reply) == 0, "a VERSION reply is too short, or another major version");
        ushort minor = BinaryPrimitives.ReadUInt16LittleEndian(reply[2..]);
        Expect(minor <= capabilities.Minor, "a VERSION reply raises the minor version");
        ServerCapabilities = Encoding.UTF8.GetString(reply[4..]).TrimEnd('\0');
        Negotiated = VfioUserCapabilities.Parse(minor, reply[4..^1]);
        Expect(Negotiated.TwinSocket == twin is not null, "a VERSION reply has a descriptor exactly with twin_socket");
        if (twin is not null)
            TwinConnection = VfioUserConnection.Adopt(twin, Connection.Timeout);
    }

    /// <inheritdoc/>
    public override VfioDeviceInfo GetDeviceInfo()
    {
        Span<byte> payload = Begin(16);
        payload.Clear();
        WriteUInt32(payload, 0, 16);
        Check(Call(Command.DeviceGetInfo, out ReadOnlySpan<byte> reply), "DEVICE_GET_INFO");
        Expect(reply.Length >= 16, "a DEVICE_GET_INFO reply is too short");
        return new(ReadUInt32(reply, 4), ReadUInt32(reply, 8), ReadUInt32(reply, 12));
    }

    /// <inheritdoc/>
    public override VfioIrqInfo GetIrqInfo(uint index)
    {
        Span<byte> payload = Begin(16);
        payload.Clear();
        WriteUInt32(payload, 0, 16);
        WriteUInt32(payload, 8, index);
        Check(Call(Command.DeviceGetIrqInfo, out ReadOnlySpan<byte> reply), $"DEVICE_GET_IRQ_INFO of index {index}");
        Expect(reply.Length >= 16 && ReadUInt32(reply, 8) == index, "a DEVICE_GET_IRQ_INFO reply has the wrong form");
        return new(ReadUInt32(reply, 4), ReadUInt32(reply, 12));
    }

    /// <inheritdoc/>
    public override Errno TryReset()
    {
        Begin(0);
        return Call(Command.DeviceReset, out _);
    }

    // The server drops our memory and eventfds.
    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _service?.Dispose();
        DropDescriptors();
        TwinConnection?.Dispose();
        Connection.Dispose();
    }

    private static class Command
    {
        public const ushort Version = 1;
        public const ushort DmaMap = 2;
        public const ushort DmaUnmap = 3;
        public const ushort DeviceGetInfo = 4;
        public const ushort DeviceGetRegionInfo = 5;
        public const ushort DeviceGetIrqInfo = 7;
        public const ushort DeviceSetIrqs = 8;
        public const ushort RegionRead = 9;
        public const ushort RegionWrite = 10;
        public const ushort DeviceReset = 13;
    }

    // Room for a request's payload; what is written there goes out with the next Call or Post.
    private Span<byte> Begin(int payloadSize)
    {
        int size = HeaderSize + payloadSize;
        if (size > _request.Length)
            Array.Resize(ref _request, size);
        WriteUInt32(_request, 4, (uint)size);
        return _request.AsSpan(HeaderSize, payloadSize);
    }

    private Errno Call(ushort command, out ReadOnlySpan<byte> reply, params ReadOnlySpan<int> descriptors)
    {
        Errno error = Exchange(command, out reply, descriptors);
        Expect(!DropDescriptors(), "a reply carries descriptors");
        return error;
    }

    // For the one command whose reply may carry a descriptor.
    private Errno Call(ushort command, out ReadOnlySpan<byte> reply, out SafeFileHandle? descriptor)
    {
        Errno error = Exchange(command, out reply, []);
        descriptor = TakeDescriptor();
        Expect(!DropDescriptors(), "a reply carries more than one descriptor");
        return error;
    }

    private Errno Exchange(ushort command, out ReadOnlySpan<byte> reply, scoped ReadOnlySpan<int> descriptors)
    {
        ushort id = Send(command, flags: 0, descriptors);
        if (!TryReceiveReply(out ReadOnlySpan<byte> message))
            throw new IOException("The server has closed the connection instead of answering.");

        Expect(BinaryPrimitives.ReadUInt16LittleEndian(message) == id, "a reply has another message's id");
        Expect(BinaryPrimitives.ReadUInt16LittleEndian(message[2..]) == command, "a reply has another message's command");

        uint flags = ReadUInt32(message, 8);
        Expect((flags & ~ErrorFlag) == Reply, "a reply has the wrong flags");
        reply = message[HeaderSize..];
        if ((flags & ErrorFlag) == 0)
            return Errno.None;

        // vfio-user, "Header": an error reply is the header alone.
        Expect(reply.IsEmpty && ReadUInt32(message, 12) != 0, "an error reply has a payload or no errno");
        return (Errno)ReadUInt32(message, 12);
    }

    private void Post(ushort command) => Send(command, NoReply, []);

    private ushort Send(ushort command, uint flags, ReadOnlySpan<int> descriptors)
    {
        ushort id = ++_lastId;
        BinaryPrimitives.WriteUInt16LittleEndian(_request, id);
        BinaryPrimitives.WriteUInt16LittleEndian(_request.AsSpan(2), command);
        WriteUInt32(_request, 8, flags);
        WriteUInt32(_request, 12, 0);
        lock (_sending)
            Connection.Send(_request.AsSpan(0, (int)ReadUInt32(_request, 4)), descriptors);
        return id;
    }

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidDataException($"The server breaks the protocol: {otherwise}.");
    }

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ulong ReadUInt64(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    private static void WriteUInt32(Span<byte> bytes, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[offset..], value);

    private static void WriteUInt64(Span<byte> bytes, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[offset..], value);
}
