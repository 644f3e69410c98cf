using System.Net;
using Mdev.Sdk;
using Mdev.Sdk.Display.Rfb;
using Mdev.Sdk.Display.Screens;
using Microsoft.Extensions.Logging;

namespace Mdev.Devices.Tests.Rfb;

/// <summary>Panels in this process, shown to viewers.</summary>
internal sealed class ShownPanel : IDisposable
{
    private readonly DeviceScreens _screens = new();
    private readonly PanelParent _parent = new();
    private readonly MdevBus _bus;
    private readonly List<string> _told = [];

    /// <param name="width">Of the first panel's mode.</param>
    /// <param name="height">Of it.</param>
    /// <param name="host">Where viewers connect.</param>
    public ShownPanel(int width, int height, string host = "")
    {
        _bus = new MdevBus([new RealizingService(), _screens], logger: Log);
        _bus.Register(_parent);
        Ports = Start(host);
        (Uuid, Panel) = Add();
        Mode(width, height);
    }

    public Lines Log { get; } = new();

    public VncPorts Ports { get; }

    public Guid Uuid { get; }

    public Panel Panel { get; }

    public Screen Screen => _screens.Of(Uuid)!;

    /// <summary>What was told of the screens.</summary>
    public string[] Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    /// <summary>Where the first panel is.</summary>
    public IPEndPoint Place => PlaceOf(Uuid);

    public string Password => Of(Uuid).Split(" password ")[1];

    public IPEndPoint PlaceOf(Guid uuid) => IPEndPoint.Parse(Of(uuid).Split(' ')[2].TrimEnd(','));

    public RfbClient Connect() => RfbClient.Connect(Place);

    public (Guid Uuid, Panel Panel) Add()
    {
        MdevInstance instance = _bus.Create(_parent.Types[0], Guid.NewGuid());
        return (instance.Uuid, (Panel)instance.Device);
    }

    public void Remove(Guid uuid) => _bus.Remove(uuid);

    public void Mode(int width, int height)
    {
        Write(0x04, (uint)width);
        Write(0x08, (uint)height);
        Write(0x00, PanelRegisters.Enabled);
    }

    public void Write(ulong offset, uint value) => Assert.Equal(Errno.None, Panel.Write(0, offset, BitConverter.GetBytes(value)));

    public uint Read(ulong offset)
    {
        byte[] value = new byte[4];
        Assert.Equal(Errno.None, Panel.Read(0, offset, value));
        return BitConverter.ToUInt32(value);
    }

    public void Draw(int x, int y, int width, int height, Func<int, int, ushort> pixel)
    {
        lock (Panel.Gate)
            Panel.Registers.Draw(x, y, width, height, pixel);
    }

    public void Dispose()
    {
        Ports.Dispose();
        foreach (MdevInstance instance in _bus.Instances)
            _bus.Remove(instance.Uuid);
    }

    private string Of(Guid uuid)
    {
        string? line = null;
        Assert.True(SpinWait.SpinUntil(() => (line = Told.FirstOrDefault(IsOfIt)) is not null, 30_000));
        bool IsOfIt(string told) => told.StartsWith(uuid.ToString(), StringComparison.Ordinal);
        return line!;
    }

    // Other tests of this machine want ports, too.
    private VncPorts Start(string host)
    {
        while (true)
        {
            try
            {
                return VncPorts.Start(_screens, new VncAddress(host, Random.Shared.Next(4000, 25000)), Log, Tell);
            }
            catch (IOException)
            {
                // It is taken.
            }
        }
    }

    private void Tell(string line)
    {
        lock (_told)
            _told.Add(line);
    }

    /// <summary>Keeps what is logged.</summary>
    public sealed class Lines : ILogger
    {
        private readonly List<string> _lines = [];

        public string[] All
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        /// <summary>Those of viewers that did something wrong, and of faults.</summary>
        public string[] Warnings => [.. All.Where(line => !line.StartsWith("Information", StringComparison.Ordinal))];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add($"{logLevel}: {formatter(state, exception)}{exception}");
        }
    }
}
