using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Mdev.Bench.Interop;
using Mdev.Sdk.Interop;

namespace Mdev.Bench.Clients;

/// <summary>An open file of a mount, by bare system calls.</summary>
internal sealed unsafe class FileClient : IDisposable
{
    private const int MostBytes = 0x10000;

    private readonly int _file;
    private readonly byte* _buffer = (byte*)NativeMemory.AlignedAlloc(MostBytes, 0x1000);

    public FileClient(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
            _file = Libc.open(name, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (_file < 0)
            throw new IOException($"{path} cannot be opened ({Libc.LastError}).");
        new Span<byte>(_buffer, MostBytes).Clear();
    }

    public void ReadAt(long offset, int size) => Expect(BenchLibc.pread(_file, _buffer, (nuint)size, offset), size);

    public void WriteAt(long offset, int size) => Expect(BenchLibc.pwrite(_file, _buffer, (nuint)size, offset), size);

    /// <summary>Reads a stream, which may wait.</summary>
    public void Read(int size) => Expect(Libc.read(_file, _buffer, (nuint)size), size);

    /// <summary>Writes bytes to a stream: a number of so many bytes.</summary>
    public void Write(ulong value, int size)
    {
        *(ulong*)_buffer = value;
        Expect(Libc.write(_file, _buffer, (nuint)size), size);
    }

    public void Poll()
    {
        Libc.pollfd polled = new() { fd = _file, events = Libc.POLLIN };
        Expect(Libc.poll(&polled, 1, 0), 0);
    }

    public void Control(uint command) => Expect(BenchLibc.ioctl(_file, command, (nuint)_buffer), 0);

    /// <summary>The median of some accesses, in microseconds.</summary>
    public double MedianOf(Action<FileClient> access, int count)
    {
        var ticks = new long[count];
        long before = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            access(this);
            long after = Stopwatch.GetTimestamp();
            (ticks[i], before) = (after - before, after);
        }
        Array.Sort(ticks);
        return ticks[count / 2] * 1e6 / Stopwatch.Frequency;
    }

    public void Dispose()
    {
        BenchLibc.close(_file);
        NativeMemory.AlignedFree(_buffer);
    }

    private static void Expect(nint result, nint expected)
    {
        if (result != expected)
            throw new IOException($"A call gave {result} ({Libc.LastError}) instead of {expected}.");
    }
}
