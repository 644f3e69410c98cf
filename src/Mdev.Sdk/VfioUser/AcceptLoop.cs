using System.Net.Sockets;

namespace Mdev.Sdk.VfioUser;

/// <summary>
/// Accepts on a listening socket, one client after the other, on .NET's thread pool, until it is disposed. Owns the socket.
/// </summary>
/// <param name="listener">The socket.</param>
/// <param name="admit">Takes an accepted client over; the next one is accepted when it is done.</param>
/// <param name="onFailure">Told why a client could not be accepted.</param>
internal sealed class AcceptLoop(
    Socket listener, Func<Socket, CancellationToken, Task> admit, Action<string> onFailure) : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Whether clients are accepted.</summary>
    public bool IsRunning => !_loop.IsCompleted;

    public void Start() => _loop = Task.Run(RunAsync);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _stopping.Cancel();
        listener.Dispose();
        _loop.Wait();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        // The runtime's first delay makes a thread, which must not be tried only when nothing can be made any more.
        _ = Task.Delay(1);
        while (!_stopping.IsCancellationRequested)
        {
            Socket? client = null;
            try
            {
                client = await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                await admit(client, _stopping.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                client?.Dispose();
                if (_stopping.IsCancellationRequested)
                    return;

                // No descriptor or no thread free, for example: that passes, and the listener is as good as before.
                onFailure(e.Message);
                await Task.Delay(s_pause).ConfigureAwait(false);
            }
        }
    }
}
