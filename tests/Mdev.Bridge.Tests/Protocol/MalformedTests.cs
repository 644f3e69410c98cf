using Mdev.Sdk;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>Messages that no kernel sends: none ends the server, or keeps it from the next.</summary>
public sealed class MalformedTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_messages_neither_end_nor_stop_the_server(int seed)
    {
        var random = new Random(seed);
        var file = new TestFile
        {
            OnRead = (offset, destination) => (offset & 1) == 0 ? CharFile.WouldBlock : destination.Length,
            OnIoctl = (ref ioctl) => ioctl.TryAccess(ioctl.Argument, (int)(ioctl.Command & 0xffff), (CharIoctlAccess)(1 + (ioctl.Command % 3)), out _) ? 5 : 0,
        };
        using KernelSide kernel = KernelSide.Of(file);
        ulong handle = kernel.Open();
        uint[] opcodes = [14, 15, 16, 18, 20, 25, 36, 39, 40, 4096];
        for (int i = 0; i < 3000; i++)
        {
            byte[] body = new byte[random.Next(100)];
            random.NextBytes(body);

            // Often of a file that there is, and often of the size that belongs to it.
            if (body.Length >= 8 && random.Next(3) != 0)
                KernelSide.U64(handle).CopyTo(body, 0);
            if (body.Length >= 24 && random.Next(2) == 0)
                KernelSide.U32((uint)(body.Length - 40)).CopyTo(body, 16);
            uint opcode = random.Next(4) == 0 ? (uint)random.Next() : opcodes[random.Next(opcodes.Length)];
            byte[] message = KernelSide.Request(opcode, (ulong)random.Next() << 32 | (uint)i, 0, body);
            kernel.SendRaw(random.Next(5) == 0 ? message[..random.Next(1, message.Length)] : message);
            if (i % 50 == 49)
                Drain(kernel);
        }
        Drain(kernel);
        Assert.NotEqual(0ul, kernel.Open());
    }

    // So that the socket does not fill up; every answer is looked at for what a kernel would refuse.
    private static void Drain(KernelSide kernel)
    {
        ulong last = kernel.Send(46, []);
        while (kernel.Next().Unique != last)
        {
        }
    }
}
