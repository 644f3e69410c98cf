using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Bridge.Fuse.Messages;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Bench.Servers;

/// <summary>
/// The floor of a mount: read a request, write a canned reply; no device, no dispatch, and nobody can wake the thread. Every name is one
/// file of 1 MiB.
/// </summary>
internal sealed unsafe class FuseFloor : IDisposable
{
    private const int BufferSize = 0x22000, MostBytes = 0x10000;
    private const uint DirectoryMode = 0x41ed, FileMode = 0x8180;
    private const ulong Day = 24 * 60 * 60;

    private readonly string _path;
    private readonly SafeFileHandle _device;
    private readonly PosixSignalRegistration _ending;
    private readonly byte* _in = (byte*)NativeMemory.Alloc(BufferSize);
    private readonly byte* _out = (byte*)NativeMemory.AllocZeroed(BufferSize);

    /// <param name="path">The folder, which is made.</param>
    public FuseFloor(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
        _device = FuseMount.On(path);
        _ending = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => FuseMount.Detach(path));
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public void Dispose()
    {
        _ending.Dispose();
        FuseMount.Detach(_path);
    }

    private void Serve()
    {
        int device = (int)_device.DangerousGetHandle();
        while (true)
        {
            nint received = Libc.read(device, _in, BufferSize);
            if (received <= 0 && Libc.LastError is not (Errno.EINTR or Errno.ENOENT))
                return;
            if (received > 0 && Answer() is > 0 and int length)
                _ = Libc.write(device, _out, (nuint)length);
        }
    }

    private int Answer()
    {
        var header = (RequestHeader*)_in;
        switch (header->Opcode)
        {
            case Opcode.Read:
                return Finish(header, (int)Math.Min(((TransferRequest*)(header + 1))->Size, MostBytes));
            case Opcode.Write:
                return Reply(header, new WriteReply { Size = ((TransferRequest*)(header + 1))->Size });
            case Opcode.Init:
                return Reply(header, new InitReply
                {
                    Major = 7, Minor = 31, MaxWrite = MostBytes, MaxPages = (MostBytes / 0x1000) + 1, TimeGranularity = 1,
                    Flags = InitFlags.BigWrites | InitFlags.MaxPages,
                });
            case Opcode.Lookup:
                return Reply(header, new EntryReply { Node = 2, EntryValid = Day, AttributesValid = Day, Attributes = AttributesOf(2) });
            case Opcode.GetAttr:
                return Reply(header, new AttributesReply { Valid = Day, Attributes = AttributesOf(header->Node) });
            case Opcode.Open:
                return Reply(header, new OpenReply { Handle = 1, Flags = OpenReply.DirectIo | OpenReply.ParallelWrites });
            case Opcode.Flush or Opcode.Release:
                return Finish(header, 0);
            case Opcode.Forget or Opcode.BatchForget or Opcode.Interrupt or Opcode.Destroy:
                return 0;
            default:
                return Finish(header, 0, -(int)Errno.ENOSYS);
        }
    }

    private static AttributesOnWire AttributesOf(ulong node) => new()
    {
        Inode = node, Size = node == 1 ? 0ul : 1 << 20, Mode = node == 1 ? DirectoryMode : FileMode, Links = 1, BlockSize = 4096,
    };

    private int Reply<T>(RequestHeader* header, in T value) where T : unmanaged
    {
        *(T*)(_out + ReplyHeader.Size) = value;
        return Finish(header, Unsafe.SizeOf<T>());
    }

    private int Finish(RequestHeader* header, int length, int error = 0)
    {
        *(ReplyHeader*)_out = new ReplyHeader { Length = (uint)(ReplyHeader.Size + length), Error = error, Unique = header->Unique };
        return ReplyHeader.Size + length;
    }
}
