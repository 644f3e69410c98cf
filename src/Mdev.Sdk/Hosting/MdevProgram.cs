using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Mdev.Sdk.Device;
using Mdev.Sdk.Export;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// The main program of a host process: options, the ready line, signals and exit codes, the same for every parent.
/// </summary>
/// <example><code>return MdevProgram.Run(args, new MttyParent());</code></example>
public static class MdevProgram
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Usage = 2;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Serves a parent until SIGTERM or SIGINT.</summary>
    /// <param name="args">The command line; <c>--help</c> lists the options.</param>
    /// <param name="parent">The parent.</param>
    /// <returns>The process' exit status: 0 after a signal, 1 if it could not start, 2 for a wrong option.</returns>
    public static int Run(string[] args, MdevParent parent) => Run(args, "", [], _ => parent);

    /// <summary>Serves a parent that has options of its own until SIGTERM or SIGINT.</summary>
    /// <param name="args">The command line; <c>--help</c> lists the options.</param>
    /// <param name="description">What the device is, for <c>--help</c>.</param>
    /// <param name="options">The parent's options.</param>
    /// <param name="createParent">Makes the parent from what was parsed.</param>
    /// <returns>The process' exit status: 0 after a signal, 1 if it could not start, 2 for a wrong option.</returns>
    public static int Run(
        string[] args, string description, IReadOnlyList<Option> options, Func<ParseResult, MdevParent> createParent)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(createParent);

        var command = new HostCommand(description, options);
        ParseResult parsed = command.ParseLiterally(args);
        if (parsed.Errors.Count > 0)
            return Fail(Usage, $"{parsed.Errors[0].Message} (--help lists the options)");
        if (parsed.Action is not null)
            return parsed.Invoke();

        try
        {
            MdevParent parent = createParent(parsed);
            if (parsed.GetValue(command.ListTypes))
                return ListTypes(parent);
            if (command.WrongValue(parsed, parent) is { } wrong)
                return Fail(Usage, wrong);
            if (parsed.GetValue(command.Export) is { } format)
                return Export(parent, TypeOf(command, parsed, parent), format);
            return Serve(command, parsed, parent);
        }
        catch (Exception e) when (e is MdevException or IOException or SocketException or UnauthorizedAccessException)
        {
            return Fail(Failure, e.Message);
        }
    }

    private static int ListTypes(MdevParent parent)
    {
        foreach (MdevType type in parent.Types)
            Console.Out.WriteLine(TypeLine(type));
        return Success;
    }

    private static string TypeLine(MdevType type) =>
        string.Create(CultureInfo.InvariantCulture, $"{type.Id} {type.AvailableInstances} {type.Parent.DeviceApi} {type.PrettyName}");

    // A device is made as an instance is, and served to nobody.
    private static int Export(MdevParent parent, MdevType type, ExportFormat format)
    {
        using IDisposable made = parent.MakeDevice(type);
        if (made is not VfioDevice device)
            throw new MdevException(Errno.ENODEV, $"{made.GetType().Name} is not a device that has regions.");
        device.Realize(Guid.NewGuid(), NullLogger.Instance);
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        DeviceExport.Write(device, type, format, output);
        return Success;
    }

    private static MdevType TypeOf(HostCommand command, ParseResult parsed, MdevParent parent) =>
        parsed.GetValue(command.Type) is { } id ? parent.Types.Single(t => t.Id == id) : parent.Types[0];

    private static int Serve(HostCommand command, ParseResult parsed, MdevParent parent)
    {
        using ILoggerFactory loggers = LoggerFactory.Create(AddStandardError);
        using var signalled = new ManualResetEventSlim();
        using PosixSignalRegistration terminate = On(PosixSignal.SIGTERM), interrupt = On(PosixSignal.SIGINT);

        using RegisterTrace? trace = parsed.GetValue(command.Trace) ? new RegisterTrace(Console.Error) : null;
        var options = new ServerOptions(parsed.GetValue(command.Poll) ?? ServerOptions.Default.Poll);
        using var host = new MdevHost(parent, loggers.CreateLogger("Mdev.Sdk"), trace, options);
        using ControlSocket? control = parsed.GetValue(command.Manage) ? HostControl.OfParent(host, host.Parent) : null;
        if (control is not null)
        {
            Ready($"ready {parent.Name} {control.Path}");
        }
        else
        {
            MdevHost.Served served = CreateInstance(command, parsed, host);
            Ready($"ready {served.Uuid} {served.Type.Id} {served.Socket}");
            if (served.Socket.StartsWith('/'))
                PrintHowToAttach(served.Socket);

            // Given a connected socket there will be no second client.
            _ = served.Server.Completion.ContinueWith(_ => signalled.Set(), TaskScheduler.Default);
        }
        signalled.Wait();

        Systemd.Notify("STOPPING=1");
        using var deadline = new Timer(_ => GiveUp(), null, s_patience, Timeout.InfiniteTimeSpan);
        control?.Dispose();
        host.Dispose();
        return Success;

        PosixSignalRegistration On(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            signalled.Set();
        });
    }

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

    private static MdevHost.Served CreateInstance(HostCommand command, ParseResult parsed, MdevHost host)
    {
        MdevType type = TypeOf(command, parsed, host.Parent);
        Guid uuid = parsed.GetValue(command.Uuid) ?? Guid.NewGuid();
        if (parsed.GetValue(command.SocketPath) is { } path)
            return host.Create(type, uuid, Path.GetFullPath(path));
        if ((parsed.GetValue(command.Descriptor) ?? Systemd.TakeSocket()) is { } descriptor)
            return host.Create(type, uuid, Inherit(descriptor));
        return host.Create(type, uuid, RuntimeDirectory.SocketOf(uuid));
    }

    private static Socket Inherit(int descriptor)
    {
        if (!UnixSocket.IsUnixStream(descriptor))
            throw new IOException($"Descriptor {descriptor} is not a unix stream socket.");
        var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
        return UnixSocket.IsListening(descriptor) || socket.Connected
            ? socket
            : throw new IOException($"The socket of descriptor {descriptor} neither listens nor is connected.");
    }

    private static void Ready(string line)
    {
        try
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Standard output, where the ready line belongs, cannot be written: {e.Message}", e);
        }
        Systemd.Notify("READY=1");
    }

    private static void PrintHowToAttach(string socket) => Tell(
        $$$"""
        Attach QEMU 10.1 or newer with these options, memory of your size:
          -object memory-backend-memfd,id=mem,size=512M,share=on -machine q35,memory-backend=mem -m 512M \
          -device '{"driver":"vfio-user-pci","socket":{"type":"unix","path":"{{{socket}}}"}}'
        """);

    // A client can keep a device busy for ever (by an eventfd that it makes block), and nobody may read standard error; the
    // process ends all the same.
    private static void GiveUp()
    {
        new Thread(() => Fail(Failure, "the devices did not end in time")) { IsBackground = true }.Start();
        Thread.Sleep(100);
        Environment.Exit(Failure);
    }

    private static int Fail(int status, string message)
    {
        Tell($"{AppDomain.CurrentDomain.FriendlyName}: {message.ReplaceLineEndings(" ")}");
        return status;
    }

    private static void Tell(string text)
    {
        try
        {
            Console.Error.WriteLine(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard error is closed: whoever did that does not want to know.
        }
    }
}
