using System.Net.Sockets;
using Mdev.Sdk.VfioUser.Sessions;

namespace Mdev.Sdk.VfioUser;

/// <summary>How a client leaves before the device does: while somebody waits for it, no other one is let in.</summary>
internal sealed partial class VfioUserServer
{
    private readonly Lock _admission = new();
    private int _waiting;

    /// <summary>
    /// Waits until nobody uses the device. A connection that has not said VERSION is no user, and is closed. Nobody new is let in
    /// from the call on, unless it is cancelled.
    /// </summary>
    public async Task WhenUnusedAsync(CancellationToken cancel)
    {
        Session? session;
        lock (_admission)
        {
            _waiting++;
            session = _session;
        }
        try
        {
            if (session is { IsNegotiated: false })
                await session.DisconnectAsync().WaitAsync(cancel).ConfigureAwait(false);
            else if (session is not null)
                await session.Ended.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_admission)
                _waiting--;
            throw;
        }
    }

    // Whoever waits for the device to be unused sees each client, or keeps it out.
    private bool TryAdmit(Socket client)
    {
        lock (_admission)
        {
            if (_waiting > 0)
                return false;
            _session = Session.Start(_device, client, _options);
            return true;
        }
    }
}
