using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control.Commands;

/// <summary><c>set</c>: stores attributes, all of them or none.</summary>
internal sealed class SetCommand(ControlledParent controlled) : AnsweringCommand<SetArguments, Nothing>(ControlVerbs.Set)
{
    protected override Task<Nothing> AnswerAsync(SetArguments arguments, CancellationToken cancel)
    {
        controlled.AttributesOf(arguments.Uuid, arguments.Type, arguments.Parent).Set(arguments.Attributes);
        return Task.FromResult(Nothing.Instance);
    }
}
