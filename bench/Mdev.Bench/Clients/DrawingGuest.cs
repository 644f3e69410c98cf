using System.Diagnostics;
using System.Runtime.InteropServices;
using Mdev.Bench.Blocks;
using Mdev.Sdk.Testing;

namespace Mdev.Bench.Clients;

/// <summary>A guest that draws a quarter of its screen thirty times a second, in memory that it maps.</summary>
internal sealed class DrawingGuest : IDisposable
{
    private const int Width = ScreenDevice.Width / 2, Height = ScreenDevice.Height / 2;
    private static readonly TimeSpan s_frame = TimeSpan.FromSeconds(1) / 30;

    private readonly VfioUserClient _client;
    private readonly MappedRegion _memory;
    private readonly uint[][] _pictures;
    private readonly Thread _thread;
    private volatile bool _ending;

    /// <param name="socket">The device's.</param>
    /// <param name="isNoise">Whether no two pixels are alike, as in a film; otherwise it is text on a background, which moves.</param>
    public DrawingGuest(string socket, bool isNoise)
    {
        _client = VfioUserClient.Connect(socket);
        _memory = _client.MapRegion(0) ?? throw new IOException("The screen's memory cannot be mapped.");
        _pictures = [.. Enumerable.Range(0, 8).Select(number => isNoise ? Noise(number) : Text(number))];
        _thread = new Thread(Draw) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _ending = true;
        _thread.Join();
        _memory.Dispose();
        _client.Dispose();
    }

    private void Draw()
    {
        var watch = Stopwatch.StartNew();
        for (int frame = 0; !_ending; frame++)
        {
            uint[] picture = _pictures[frame % _pictures.Length];
            for (int line = 0; line < Height; line++)
                MemoryMarshal.AsBytes(picture.AsSpan(line * Width, Width)).CopyTo(_memory.Slice((ulong)(line * ScreenDevice.Width * 4), Width * 4));
            if (s_frame * (frame + 1) - watch.Elapsed is { Ticks: > 0 } rest)
                Thread.Sleep(rest);
        }
    }

    private static uint[] Noise(int number)
    {
        uint[] picture = new uint[Width * Height];
        new Random(number).NextBytes(MemoryMarshal.AsBytes(picture.AsSpan()));
        return picture;
    }

    // Letters of 8x16, whose shapes are random, in four colours.
    private static uint[] Text(int number)
    {
        ReadOnlySpan<uint> inks = [0xd0d0d0, 0x50c050, 0xc05050, 0x5080ff];
        uint[] picture = new uint[Width * Height];
        for (int i = 0; i < picture.Length; i++)
        {
            (int x, int y) = (i % Width / 8, i / Width / 16 + number);
            uint letter = (uint)(x * 374761393 + y * 668265263) * 1274126177;
            bool isInk = x % 7 != 0 && ((letter >> (i % 8)) & (letter >> (i / Width % 16)) & 1) != 0;
            picture[i] = isInk ? inks[(x / 7 + y) % inks.Length] : 0x202020;
        }
        return picture;
    }
}
