using System.Threading.Channels;
using Mdev.Sdk.Device;
using Mdev.Sdk.Observation;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// Writes a line for each register access: <c>BAR0+3 LCR &lt;- 0x83</c>, or <c>-&gt;</c> for a read; behind it the register's fields.
/// </summary>
/// <remarks>On a thread of its own: a device does not wait for whoever reads the trace, and what he is too slow for is lost.</remarks>
internal sealed class RegisterTrace : IRegisterObserver, IDisposable
{
    private const int Capacity = 16384;

    private readonly Channel<RegisterAccess> _accesses = Channel.CreateBounded<RegisterAccess>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly TextWriter _writer;
    private readonly Thread _thread;
    private long _lost;

    public RegisterTrace(TextWriter writer)
    {
        _writer = writer;
        _thread = new Thread(Write) { IsBackground = true, Name = "mdev/trace" };
        _thread.UnsafeStart();
    }

    public void OnAccess(in RegisterAccess access)
    {
        if (!_accesses.Writer.TryWrite(access))
            Interlocked.Increment(ref _lost);
    }

    /// <summary>Writes what is left, unless nobody reads it.</summary>
    public void Dispose()
    {
        _accesses.Writer.TryComplete();
        _thread.Join(TimeSpan.FromSeconds(1));
    }

    private void Write()
    {
        try
        {
            while (_accesses.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (_accesses.Reader.TryRead(out RegisterAccess access))
                    _writer.WriteLine(TraceText.Line($"BAR{access.Region}", access));
                if (Interlocked.Exchange(ref _lost, 0) is > 0 and long lost)
                    _writer.WriteLine(TraceText.LostLine(lost));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reader has gone.
        }
    }
}
