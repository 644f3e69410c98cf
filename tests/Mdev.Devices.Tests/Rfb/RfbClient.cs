using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Mdev.Devices.Tests.Rfb;

/// <summary>A viewer that shares no code with the server. Source: RFC 6143.</summary>
internal sealed class RfbClient : IDisposable
{
    public const int Raw = 0, Zrle = 16, DesktopSize = -223;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        ReceiveTimeout = 30_000,
        NoDelay = true,
    };

    private readonly ZrleReader _zrle = new();

    /// <summary>Connects, and says nothing yet.</summary>
    public RfbClient(IPEndPoint place, int? receiveBuffer = null)
    {
        if (receiveBuffer is { } size)
            _socket.ReceiveBufferSize = size;
        _socket.Connect(place);
    }

    /// <summary>Connects, and may look.</summary>
    public static RfbClient Connect(IPEndPoint place, string version = "003.008", string? password = null)
    {
        var client = new RfbClient(place);
        Assert.Equal(0u, client.Begin(version, password));
        return client;
    }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public string Name { get; private set; } = "";

    public ViewerFormat Format { get; private set; } = ViewerFormat.Usual;

    /// <summary>The pixels as numbers of the format.</summary>
    public uint[] Picture { get; private set; } = [];

    /// <summary>How many tiles came in each of ZRLE's subencodings.</summary>
    public IReadOnlyDictionary<string, int> Tiles => _zrle.Tiles;

    /// <summary>Bytes received so far.</summary>
    public long Received { get; private set; }

    /// <summary>The handshake.</summary>
    /// <returns>The result of security: 0 if it went well.</returns>
    public uint Begin(string version, string? password = null)
    {
        Assert.Equal("RFB 003.008\n", Encoding.ASCII.GetString(Read(12)));
        Send(Encoding.ASCII.GetBytes($"RFB {version}\n"));
        bool decides = version is "003.007" or "003.008";
        uint security = decides ? 0 : Number(Read(4));
        if (decides)
        {
            byte[] offered = Read(Read(1)[0]);
            security = Assert.Single(offered);
            Send([(byte)security]);
        }
        Assert.Equal(password is null ? 1u : 2u, security);
        if (password is not null)
            Send(Answer(Read(16), password));
        if (password is not null || version == "003.008")
        {
            uint result = Number(Read(4));
            if (result != 0)
                return result;
        }

        Send([1]);
        byte[] init = Read(24);
        (Width, Height) = (Short(init), Short(init.AsSpan(2)));
        Format = ViewerFormat.Read(init.AsSpan(4, 16));
        Name = Encoding.UTF8.GetString(Read((int)Number(init.AsSpan(20))));
        Picture = new uint[Width * Height];
        return 0;
    }

    public RfbClient Want(ViewerFormat format)
    {
        Send(format.Message);
        Format = format;
        return this;
    }

    public RfbClient Encode(params int[] encodings)
    {
        byte[] message = new byte[4 + encodings.Length * 4];
        (message[0], message[3]) = (2, (byte)encodings.Length);
        for (int i = 0; i < encodings.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4 + i * 4), encodings[i]);
        Send(message);
        return this;
    }

    public void Request(bool incremental, int x = 0, int y = 0, int? width = null, int? height = null)
    {
        byte[] message = new byte[10];
        (message[0], message[1]) = (3, (byte)(incremental ? 1 : 0));
        foreach ((int place, int value) in (ReadOnlySpan<(int, int)>)[(2, x), (4, y), (6, width ?? Width), (8, height ?? Height)])
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(place), (ushort)value);
        Send(message);
    }

    public void Key(uint keysym, bool isDown)
    {
        byte[] message = new byte[8];
        (message[0], message[1]) = (4, (byte)(isDown ? 1 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), keysym);
        Send(message);
    }

    public void Pointer(int x, int y, byte buttons)
    {
        byte[] message = new byte[6];
        (message[0], message[1]) = (5, buttons);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)x);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), (ushort)y);
        Send(message);
    }

    /// <summary>Waits for an update, and draws it.</summary>
    /// <returns>Its rectangles.</returns>
    public List<ViewerRectangle> Update()
    {
        byte[] head = Read(4);
        Assert.Equal(0, head[0]);
        var rectangles = new List<ViewerRectangle>();
        for (int left = Short(head.AsSpan(2)); left > 0; left--)
            rectangles.Add(Rectangle());
        return rectangles;
    }

    /// <summary>Asks for all and draws it.</summary>
    public List<ViewerRectangle> Refresh()
    {
        Request(incremental: false);
        return Update();
    }

    /// <summary>Waits for what changes, until the picture is as expected.</summary>
    public void Follow(Func<int, int, uint> pixel)
    {
        while (!Shows(pixel))
        {
            Request(incremental: true);
            Update();
        }
    }

    public bool Shows(Func<int, int, uint> pixel) => FirstWrong(pixel) is null;

    /// <summary>The first pixel that is another than expected, in words.</summary>
    public string? FirstWrong(Func<int, int, uint> pixel)
    {
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (Picture[y * Width + x] != pixel(x, y))
                    return $"{x},{y} is 0x{Picture[y * Width + x]:x}, not 0x{pixel(x, y):x}.";
            }
        }
        return null;
    }

    public void Send(byte[] bytes) => Assert.Equal(bytes.Length, _socket.Send(bytes));

    /// <summary>Whether the server has ended the connection; what it has sent before is read.</summary>
    public bool IsEnded()
    {
        byte[] rest = new byte[65536];
        try
        {
            while (_socket.Receive(rest) is var count)
            {
                if (count == 0)
                    return true;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return true;
        }
        catch (SocketException)
        {
            // Time is up.
        }
        return false;
    }

    /// <summary>Says that nothing more will come.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    public string Text(int length) => Encoding.ASCII.GetString(Read(length));

    public uint Number() => Number(Read(4));

    public void Dispose()
    {
        _zrle.Dispose();
        _socket.Dispose();
    }

    private ViewerRectangle Rectangle()
    {
        byte[] head = Read(12);
        var rectangle = new ViewerRectangle(
            Short(head), Short(head.AsSpan(2)), Short(head.AsSpan(4)), Short(head.AsSpan(6)), (int)Number(head.AsSpan(8)));
        if (rectangle.Encoding == DesktopSize)
        {
            (Width, Height) = (rectangle.Width, rectangle.Height);
            Picture = new uint[Width * Height];
            return rectangle;
        }

        Assert.True(rectangle.X + rectangle.Width <= Width && rectangle.Y + rectangle.Height <= Height, $"{rectangle} is not on the screen.");
        void Set(int x, int y, uint pixel) => Picture[(rectangle.Y + y) * Width + rectangle.X + x] = pixel;
        if (rectangle.Encoding == Zrle)
        {
            _zrle.Read(Read((int)Number(Read(4))), Format, rectangle.Width, rectangle.Height, Set);
            return rectangle;
        }

        Assert.Equal(Raw, rectangle.Encoding);
        byte[] pixels = Read(rectangle.Width * rectangle.Height * Format.Bytes);
        for (int i = 0; i < rectangle.Width * rectangle.Height; i++)
            Set(i % rectangle.Width, i / rectangle.Width, Format.Pixel(pixels.AsSpan(i * Format.Bytes, Format.Bytes)));
        return rectangle;
    }

    private byte[] Read(int count)
    {
        byte[] bytes = new byte[count];
        for (int have = 0; have < count;)
        {
            int received = _socket.Receive(bytes, have, count - have, SocketFlags.None);
            have += received > 0 ? received : throw new EndOfStreamException("The server has ended the connection.");
        }
        Received += count;
        return bytes;
    }

    // Each byte of the key from its least significant bit on.
    private static byte[] Answer(byte[] challenge, string password)
    {
#pragma warning disable CA5351 // The protocol's.
        using DES cipher = DES.Create();
#pragma warning restore CA5351
        cipher.Key = [.. password.PadRight(8, '\0').Select(Mirrored)];
        return cipher.EncryptEcb(challenge, PaddingMode.None);
    }

    private static byte Mirrored(char character) =>
        Convert.ToByte(new string([.. Convert.ToString(character, 2).PadLeft(8, '0').Reverse()]), 2);

    private static int Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
