using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser.Messages;
using Mdev.Sdk.VfioUser.Polling;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>
/// One client of one device, on a thread of its own that waits in the kernel and allocates nothing for a message.
/// Messages are answered in the order of their arrival.
/// </summary>
internal sealed partial class Session : IDisposable, IBodyPlaces
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    // After this, a thread that does not end may be signalling an eventfd that its client has filled and made to block.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private readonly VfioDevice _device;
    private readonly Socket _socket;
    private readonly MessageStream _stream;
    private readonly bool _resetOnClose;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = Stopwatch.GetTimestamp();

    // The socket is closed by the session's thread, while others may be about to ask it something.
    private readonly Lock _closing = new();
    private bool _closed;
    private volatile bool _negotiated;

    // Odd while the device is at work.
    private ulong _progress;
    private bool _warnedOfMemory;

    // What the client has said of itself; the protocol's defaults until it has.
    private ClientCapabilities _client = new();

    // Asks the client for memory that it does not share; null until it has negotiated, and for one that cannot be asked.
    private DmaMessages? _messages;

    // Where it is asked, unless that is the socket of the client's own commands.
    private TwinSocket? _twin;

    // From the first byte to the answer to VERSION; null unless somebody listens.
    private Activity? _connecting;

    // The descriptors that go with the reply in the making. They stay whose they are.
    private readonly List<int> _passed = [];

    private Session(VfioDevice device, Socket socket, ServerOptions options)
    {
        (_device, _socket, _resetOnClose) = (device, socket, options.ResetOnClose);
        socket.Blocking = true;
        _stream = new MessageStream(
            (int)socket.Handle, device, new AdaptivePolling(options.Poll, PollBudget.OfProcess, TimeProvider.System), this);
    }

    /// <summary>Ends when the client is gone and nothing of it is left.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether the client has closed its end; the session may still be working through what it sent before.</summary>
    public bool HasHungUp
    {
        get
        {
            lock (_closing)
                return _closed || UnixSocket.HasHungUp((int)_socket.Handle);
        }
    }

    /// <summary>Whether the client has had time enough and has not even said VERSION.</summary>
    public bool IsSilent => !_negotiated && Stopwatch.GetElapsedTime(_started) > s_silence;

    /// <summary>Whether the client has said VERSION, and uses the device.</summary>
    public bool IsNegotiated => _negotiated;

    /// <summary>
    /// The piece of work that the device's code is at, by a number of its own; 0 if it is at none. The same twice, and it has not
    /// come to its end in between. Waiting for the client is none, save where the device itself does.
    /// </summary>
    public ulong AtWorkOn => Ended.IsCompleted || Volatile.Read(ref _progress) is var progress && (progress & 1) == 0 ? 0 : progress;

    /// <summary>Serves a client until it goes. Takes the socket over.</summary>
    public static Session Start(VfioDevice device, Socket socket, ServerOptions options)
    {
        var session = new Session(device, socket, options);
        SessionThread.Serve($"mdev/{device.Uuid.ToString()[..8]}", session.Run, session._ended.SetResult);
        return session;
    }

    /// <summary>Ends the connection; <see cref="Ended"/> follows soon.</summary>
    public void Disconnect()
    {
        lock (_closing)
        {
            if (!_closed)
                _ = Libc.shutdown((int)_socket.Handle, Libc.SHUT_RDWR);
        }
    }

    /// <summary>Disconnects the client; ends when nothing of it is left.</summary>
    public async Task DisconnectAsync()
    {
        Disconnect();
        while (await Task.WhenAny(Ended, Task.Delay(s_patience)).ConfigureAwait(false) != Ended)
            _device.Interrupts.Unblock();
    }

    /// <summary>Disconnects the client and waits until nothing of it is left.</summary>
    public void Dispose()
    {
        Disconnect();
        while (!Ended.Wait(s_patience))
            _device.Interrupts.Unblock();
    }

    private void Run()
    {
        SessionLog.Connected(_device.Logger, _device.Uuid);
        _device.Client = new DeviceClient(UnixSocket.PeerProcess((int)_socket.Handle), DateTimeOffset.UtcNow);
        _connecting = Activities.Start("mdev.connect", _device.Uuid)?.SetTag("mdev.client.process", _device.Client.ProcessId);
        try
        {
            Serve();
        }
        catch (Exception e)
        {
            SessionLog.Faulted(_device.Logger, e, _device.Uuid);
        }
        finally
        {
            // Whoever waits for the client first: it will not answer any more. Then, by vfio-user, "Client Disconnection", memory and
            // eventfds go, the device's state stays.
            Disconnect();
            _connecting?.Dispose();
            _device.Client = null;
            _device.Memory.Messages = null;
            _messages?.Dispose();
            _twin?.Dispose();
            _progress |= 1;
            _device.ReleaseClient();
            bool isReset = _negotiated && _resetOnClose && TryReset();
            _stream.Dispose();
            lock (_closing)
            {
                _closed = true;
                _socket.Dispose();
            }
            if (isReset)
                SessionLog.DisconnectedAndReset(_device.Logger, _device.Uuid);
            else
                SessionLog.Disconnected(_device.Logger, _device.Uuid);
        }
    }

    private bool TryReset()
    {
        try
        {
            _device.ResetForNextClient();
            return true;
        }
        catch (Exception e)
        {
            SessionLog.Faulted(_device.Logger, e, _device.Uuid);
            return false;
        }
    }

    private void Serve()
    {
        while (true)
        {
            ReceiveResult result = _stream.Receive(out Message message);
            if (result == ReceiveResult.Closed)
                return;
            if (result == ReceiveResult.Message && message.Header.IsReply && TakeReply(message))
                continue;
            if (result == ReceiveResult.FramingLost || !message.Header.IsCommand)
            {
                // The answer helps whoever debugs the client; what follows in the stream cannot be trusted.
                _device.Counters.RefusedCommands++;
                SessionLog.FramingLost(_device.Logger, _device.Uuid, message.Header.Size);
                if (message.Header.WantsReply)
                    _stream.ReplyError(message.Header, Errno.EINVAL);
                return;
            }

            if (!Answer(message))
                return;
        }
    }

    // Returns whether the session goes on.
    private bool Answer(in Message message)
    {
        bool first = !_negotiated;
        _passed.Clear();
        if (message.Header.WantsReply)
            _stream.Sender.IsAnswering = true;
        int length = 0;

        // Without its descriptors it would mean something else: eventfds taken away, memory that is not shared.
        Volatile.Write(ref _progress, _progress + 1);
        Errno error = message.HasLostDescriptors ? Errno.EMFILE
            : first ? Negotiate(message, out length) : Execute(message, out length);
        Volatile.Write(ref _progress, _progress + 1);
        if (error != Errno.None)
        {
            _device.Counters.RefusedCommands++;
            SessionLog.Refused(_device.Logger, _device.Uuid, message.Header.Command, error);
        }

        bool holds = true;
        if (message.Header.WantsReply)
        {
            holds = error == Errno.None
                ? _stream.Reply(message.Header, length, CollectionsMarshal.AsSpan(_passed))
                : _stream.ReplyError(message.Header, error);
        }

        // What was asked for meanwhile.
        _messages?.Answered();
        if (first)
        {
            _connecting?.SetTag("mdev.client.program", _client.Name);
            if (error != Errno.None)
                _connecting.Fail(error);
            _connecting?.Dispose();
            _connecting = null;
            _twin?.EndOffer();
        }

        // vfio-user, "VFIO_USER_VERSION": a client that cannot be talked with is disconnected.
        return holds && !(first && error != Errno.None);
    }

    private Errno Negotiate(in Message message, out int length)
    {
        length = 0;
        string reason = "it did not begin with VERSION";
        if (message.Header.Command != Command.Version
            || !message.Descriptors.IsEmpty
            || !VersionMessage.TryAccept(message.Payload, out _client, out reason))
        {
            SessionLog.VersionRefused(_device.Logger, _device.Uuid, reason);
            return Errno.EINVAL;
        }

        // A second socket comes with the reply, or not at all.
        if (_client.WantsTwin && _client.MaxDescriptors > 0 && message.Header.WantsReply)
            _twin = TwinSocket.TryMake();
        if (_twin is { } made)
            _passed.Add(made.Offered);

        byte[] reply = VersionReply.Make(_client, migration: _device.IsMigratable, twin: _twin is not null);
        length = reply.Length;
        reply.CopyTo(_stream.ReplyPayload(length));
        SessionLog.Negotiated(
            _device.Logger, _device.Uuid, _client.Name, _client.Minor, _client.MaxDescriptors, _client.MaxTransfer);
        BeginMessages();
        _device.Client = _device.Client! with { Program = _client.Name };
        _device.Counters.AcceptedClients++;
        _negotiated = true;
        _device.AdmitClient();
        return Errno.None;
    }

    private void BeginMessages()
    {
        if (_client.Profile == ClientProfile.RustVmm)
        {
            _device.Memory.Messages = new NoDmaMessages(_device);
            return;
        }
        _messages = new DmaMessages(
            _device, _twin?.Sender ?? _stream.Sender, _client.DmaTransfer, mayBeOld: _client.Profile == ClientProfile.Qemu);
        _twin?.Start(_messages, LoseFraming);
        _device.Memory.Messages = _messages;
    }

    // Where the client was asked on a socket of its own, it answers there.
    private bool TakeReply(in Message message) =>
        _twin is null && _messages?.TryTakeReply(message.Header, message.Payload) == true;

    private void LoseFraming(uint size)
    {
        SessionLog.FramingLost(_device.Logger, _device.Uuid, size);
        Disconnect();
    }
}
