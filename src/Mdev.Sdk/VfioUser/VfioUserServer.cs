using System.Net.Sockets;
using System.Runtime.InteropServices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser.Messages;
using Mdev.Sdk.VfioUser.Sessions;

namespace Mdev.Sdk.VfioUser;

/// <summary>
/// Serves one device on one socket: one client at a time, the next one when it is gone. Accepting runs on .NET's thread
/// pool; a client has a thread of its own.
/// </summary>
internal sealed partial class VfioUserServer : IDisposable
{
    private static readonly Task s_never = new TaskCompletionSource().Task;

    private readonly VfioDevice _device;
    private readonly ServerOptions _options;
    private readonly SocketFile? _file;
    private readonly AcceptLoop? _accepting;
    private Session? _session;
    private int _refusals;
    private bool _disposed;

    private VfioUserServer(VfioDevice device, Socket listener, SocketFile? file, ServerOptions options)
    {
        (_device, _file, _options) = (device, file, options);
        SessionThread.Prepare();
        _accepting = new AcceptLoop(
            listener, AdmitAsync, reason => SessionLog.AcceptFailed(device.Logger, device.Uuid, reason));
        _accepting.Start();
    }

    private VfioUserServer(VfioDevice device, Session session, ServerOptions options) =>
        (_device, _session, _options) = (device, session, options);

    /// <summary>Ends with the only client of a server that was given a connection; never for one that listens.</summary>
    public Task Completion => _accepting is null ? _session!.Ended : s_never;

    /// <summary>Listens on a path of its own.</summary>
    /// <param name="device">A realized device.</param>
    /// <param name="path">At most 107 bytes. What a process that is gone has left there is replaced.</param>
    /// <param name="options">How; the usual way if not given.</param>
    /// <exception cref="IOException">A live process listens there, or the path cannot be used.</exception>
    public static VfioUserServer Listen(VfioDevice device, string path, ServerOptions? options = null)
    {
        options ??= ServerOptions.Default;
        SocketFile file = SocketFile.Listen(path, options.Access);
        return new VfioUserServer(device, file.Socket, file, options);
    }

    /// <summary>Serves on a socket that this process was started with. Takes it over.</summary>
    /// <param name="device">A realized device.</param>
    /// <param name="socket">A listening unix stream socket, or one that a client is already connected to.</param>
    /// <param name="options">How; the usual way if not given.</param>
    public static VfioUserServer Serve(VfioDevice device, Socket socket, ServerOptions? options = null)
    {
        options ??= ServerOptions.Default;
        return UnixSocket.IsListening((int)socket.Handle)
            ? new(device, socket, file: null, options)
            : new(device, Session.Start(device, socket, options), options);
    }

    /// <summary>Turns the client away, stops listening and removes the socket's file.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _file?.Dispose();
        _accepting?.Dispose();
        _session?.Dispose();
    }

    private async Task AdmitAsync(Socket client, CancellationToken stopping)
    {
        // A client that replaces one which has just gone must not be refused because its predecessor is still being
        // cleared away; nor because somebody has connected and forgotten about it.
        if (_session is { } session && (session.Ended.IsCompleted || session.HasHungUp || session.IsSilent))
        {
            await session.DisconnectAsync().WaitAsync(stopping).ConfigureAwait(false);
            session.Dispose();
            _session = null;
        }

        if (_session is null && TryAdmit(client))
            return;

        // Each takes a descriptor of this process for as long as it is told why: a flood of them must not take those of other devices.
        const int MostToldWhy = 32;
        Errno reason = _session is null ? Errno.ENODEV : Errno.EBUSY;
        if (reason == Errno.EBUSY)
            SessionLog.Busy(_device.Logger, _device.Uuid);
        else
            SessionLog.Going(_device.Logger, _device.Uuid);
        if (Volatile.Read(ref _refusals) < MostToldWhy)
            _ = RefuseAsync(client, reason, stopping);
        else
            client.Dispose();
    }

    // An error in answer to its VERSION gives the person who started the client a reason; one that says nothing gets none.
    private async Task RefuseAsync(Socket client, Errno reason, CancellationToken stopping)
    {
        Interlocked.Increment(ref _refusals);
        using (client)
        using (var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping))
        {
            deadline.CancelAfter(TimeSpan.FromSeconds(1));
            try
            {
                byte[] request = new byte[4096];
                int received = 0;
                while (received < MessageHeader.Length)
                {
                    int more = await client.ReceiveAsync(request.AsMemory(received), deadline.Token).ConfigureAwait(false);
                    if (more == 0)
                        return;
                    received += more;
                }

                var header = MemoryMarshal.Read<MessageHeader>(request);
                if (!header.WantsReply)
                    return;
                byte[] reply = new byte[MessageHeader.Length];
                MemoryMarshal.Write(reply, header with
                {
                    Size = MessageHeader.Length,
                    Flags = MessageFlags.Reply | MessageFlags.Error,
                    Error = (uint)reason,
                });
                await client.SendAsync(reply, deadline.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // It has gone, or never spoke: refused all the same.
            }
            finally
            {
                Interlocked.Decrement(ref _refusals);
            }
        }
    }
}
