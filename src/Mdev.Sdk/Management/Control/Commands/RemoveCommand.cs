using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control.Commands;

/// <summary><c>remove</c>: removes an instance, now or when its user has let it go. A tool that goes away takes it back.</summary>
internal sealed class RemoveCommand(ControlledParent controlled) : AnsweringCommand<RemoveArguments, Nothing>(ControlVerbs.Remove)
{
    protected override async Task<Nothing> AnswerAsync(RemoveArguments arguments, CancellationToken cancel)
    {
        controlled.RequireManaged();
        TimeSpan? deadline = arguments.DeadlineSeconds switch
        {
            null => null,
            >= 0 and <= int.MaxValue / 1000 and double seconds => TimeSpan.FromSeconds(seconds),
            _ => throw new MdevException(Errno.EINVAL, $"A deadline has 0 to {int.MaxValue / 1000} seconds."),
        };
        _ = controlled.Find(arguments.Uuid);
        await controlled.Bus.RemoveAsync(arguments.Uuid, arguments.Mode, deadline, cancel).ConfigureAwait(false);
        return Nothing.Instance;
    }
}
