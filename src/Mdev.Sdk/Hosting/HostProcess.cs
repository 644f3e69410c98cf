using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Mdev.Sdk.Hosting;

/// <summary>A host program from its options to its end: what it serves, the ready line, signals.</summary>
internal sealed class HostProcess(HostCommand command, ParseResult parsed, IReadOnlyList<MdevParent> parents) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ManualResetEventSlim _signalled = new();

    public int Run()
    {
        using ILoggerFactory loggers = LoggerFactory.Create(AddStandardError);
        using PosixSignalRegistration terminate = On(PosixSignal.SIGTERM), interrupt = On(PosixSignal.SIGINT);

        using RegisterTrace? trace = parsed.GetValue(command.Trace) ? new RegisterTrace(Console.Error) : null;
        using var host = new MdevHost(loggers.CreateLogger("Mdev.Sdk"), Options(), trace);
        using var notifier = new ServiceNotifier(host);
        foreach (MdevParent parent in parents)
            host.Bus.Register(parent);
        using RunningExtensions extensions = RunningExtensions.Start(command.Extensions, parsed, host);

        bool manages = parsed.GetValue(command.Manage);
        using Publication publication = manages ? Manage(host) : ServeInstances(host, extensions);
        notifier.Ready(tellNumbers: manages);
        _signalled.Wait();

        notifier.Stopping();
        using var deadline = new Timer(_ => GiveUp(), null, s_patience, Timeout.InfiniteTimeSpan);
        publication.Dispose();
        host.Dispose();
        return MdevProgram.Success;
    }

    public void Dispose() => _signalled.Dispose();

    private MdevOptions Options() => new()
    {
        Poll = (int)(parsed.GetValue(command.Poll)?.TotalMicroseconds ?? new MdevOptions().Poll),
        ResetOnClose = parsed.GetValue(command.ResetOnClose),
        Bridge = parsed.GetValue(command.Bridge) ?? MdevBridgeMode.Off,
    };

    private static Publication Manage(MdevHost host)
    {
        foreach (ActivationSocket socket in Systemd.TakeSockets())
            host.PlaceOn(socket.Open(), ActivationPlan.UuidOf(socket));
        Publication publication = Publication.OfParents(host);
        try
        {
            publication.Autostart();
            Say(host.Bus.Parents.Select(parent => $"ready {parent.Name} {publication.ControlOf(parent)}"));
            return publication;
        }
        catch
        {
            publication.Dispose();
            throw;
        }
    }

    private Publication ServeInstances(MdevHost host, RunningExtensions extensions)
    {
        List<MdevHost.Served> instances = [.. MakeInstances(host)];
        extensions.RequireScreens(host);
        Publication publication = Publication.OfInstances(host);
        try
        {
            Say(instances.Select(i => $"ready {i.Uuid} {i.Type.Id} {i.Socket}"));
        }
        catch
        {
            publication.Dispose();
            throw;
        }

        foreach (MdevHost.Served instance in instances)
        {
            if (instance.Socket.StartsWith('/'))
                PrintHowToAttach(instance.Socket);
        }

        foreach (string path in instances.SelectMany(i => host.Bridge.PathsOf(i.Uuid)))
            MdevProgram.Tell($"On this host at {path}");

        // Given connected sockets there will be no second clients.
        _ = Task.WhenAll(instances.Select(i => i.Server.Completion)).ContinueWith(_ => End(), TaskScheduler.Default);
        return publication;
    }

    private IEnumerable<MdevHost.Served> MakeInstances(MdevHost host)
    {
        MdevType type = command.TypeOf(parsed, parents);
        Guid? uuid = parsed.GetValue(command.Uuid);
        if (parsed.GetValue(command.SocketPath) is { } path)
            return [host.Create(type, uuid ?? Guid.NewGuid(), Path.GetFullPath(path))];
        if (parsed.GetValue(command.Descriptor) is { } descriptor)
            return [host.Create(type, uuid ?? Guid.NewGuid(), new ActivationSocket(descriptor, "--fd").Open())];

        bool isTypeGiven = parsed.GetValue(command.Type) is not null;
        IReadOnlyList<ActivationSocket> sockets = Systemd.TakeSockets();
        return sockets.Count == 0
            ? [host.Create(type, uuid ?? Guid.NewGuid())]
            : ActivationPlan.Make(sockets, parents, type, isTypeGiven, uuid).Select(p => host.Create(p.Type, p.Uuid, p.Socket.Open()));
    }

    private static void Say(IEnumerable<string> lines)
    {
        try
        {
            foreach (string line in lines)
                Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Standard output, where the ready line belongs, cannot be written: {e.Message}", e);
        }
    }

    private static void PrintHowToAttach(string socket) => MdevProgram.Tell(
        $$$"""
        Attach QEMU 10.1 or newer with these options, memory of your size:
          -object memory-backend-memfd,id=mem,size=512M,share=on -machine q35,memory-backend=mem -m 512M \
          -device '{"driver":"vfio-user-pci","socket":{"type":"unix","path":"{{{socket}}}"}}'
        """);

    // Standard output belongs to the ready line.
    private static void AddStandardError(ILoggingBuilder logging) => logging
        .AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;

            // Nobody may read standard error, and a device must not wait for them.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        })
        .AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.TimestampFormat = "HH:mm:ss.fff ";
            if (Console.IsErrorRedirected)
                format.ColorBehavior = LoggerColorBehavior.Disabled;
        });

    private PosixSignalRegistration On(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        End();
    });

    private void End()
    {
        try
        {
            _signalled.Set();
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }
    }

    // A client can keep a device busy for ever (by an eventfd that it makes block), and nobody may read standard error; the
    // process ends all the same.
    private static void GiveUp()
    {
        new Thread(() => MdevProgram.Fail(MdevProgram.Failure, "the devices did not end in time")) { IsBackground = true }.Start();
        Thread.Sleep(100);
        Environment.Exit(MdevProgram.Failure);
    }
}
