using System.Net.Sockets;
using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>One viewer's connection, from its first byte to its end.</summary>
/// <param name="socket">The connection; owned.</param>
/// <param name="screen">What it looks at.</param>
/// <param name="password">What it has to know; <see langword="null"/> for nothing.</param>
internal sealed class RfbViewer(Socket socket, Screen screen, VncPassword? password)
{
    /// <summary>Serves it. Two things go on at once: what it says is read while it is sent what it has asked for.</summary>
    /// <param name="began">Told once it may look.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What it did wrong; <see langword="null"/> if nothing.</returns>
    public async Task<string?> RunAsync(Action began, CancellationToken cancel)
    {
        using var stream = new RfbStream(socket);
        try
        {
            await new RfbHandshake(stream, password).RunAsync(cancel).ConfigureAwait(false);
            began();
            await LookAsync(stream, cancel).ConfigureAwait(false);
            return null;
        }
        catch (RfbException e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is EndOfStreamException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task LookAsync(RfbStream stream, CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using IDisposable watch = screen.Watch();
        using var requests = new ViewerRequests();
        using var updates = new RfbUpdates(stream, screen, requests);
        await updates.BeginAsync(ending.Token).ConfigureAwait(false);

        using var input = new ViewerInput(screen);
        var messages = new RfbMessages(stream, input, requests);
        Task reading = messages.ReadAsync(ending.Token), sending = updates.SendAsync(() => messages.Settings, ending.Token);
        Task first = await Task.WhenAny(reading, sending).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }
}
