using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control.Commands;

/// <summary><c>events</c>: what happens to the parent and its instances from now on.</summary>
internal sealed class EventsCommand(ControlledParent controlled) : StreamingCommand<Nothing, EventInfo>(ControlVerbs.Events)
{
    // What is kept for a tool that reads slowly; more is counted and lost, since the bus waits for nobody.
    private const int Backlog = 4096;

    protected override async IAsyncEnumerable<EventInfo> StreamAsync(Nothing arguments, [EnumeratorCancellation] CancellationToken cancel)
    {
        var events = Channel.CreateBounded<EventInfo>(new BoundedChannelOptions(Backlog) { SingleReader = true });
        long lost = 0;
        controlled.Bus.Changed += Keep;
        try
        {
            yield return Now("listening");
            while (await events.Reader.WaitToReadAsync(cancel).ConfigureAwait(false))
            {
                while (events.Reader.TryRead(out EventInfo? item))
                    yield return item;
                if (Interlocked.Exchange(ref lost, 0) is > 0 and long count)
                    yield return Now("lost") with { Lost = count };
            }
        }
        finally
        {
            controlled.Bus.Changed -= Keep;
        }

        void Keep(MdevBusEvent change)
        {
            if (change.Parent != controlled.Parent)
                return;
            string name = JsonNamingPolicy.KebabCaseLower.ConvertName(change.Kind.ToString());
            if (!events.Writer.TryWrite(Now(name) with { Uuid = change.Instance?.Uuid, Type = change.Instance?.Type.Id }))
                Interlocked.Increment(ref lost);
        }
    }

    private EventInfo Now(string name) => new(name, DateTimeOffset.UtcNow, controlled.Parent.Name);
}
