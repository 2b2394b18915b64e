import type { manageAudience, messagingApi, shop, webhook } from '@line/bot-sdk';

// Aliases for the schema generator: one schema per name. A name must differ from the type it stands for.
export type Reply = messagingApi.ReplyMessageRequest;
export type Push = messagingApi.PushMessageRequest;
export type Multicast = messagingApi.MulticastRequest;
export type Narrowcast = messagingApi.NarrowcastRequest;
export type NotificationPush = messagingApi.PnpMessagesRequest;
export type AudienceUpload = manageAudience.CreateAudienceGroupRequest;
export type AudienceAdd = manageAudience.AddAudienceToAudienceGroupRequest;
export type AudienceOfClicks = manageAudience.CreateClickBasedAudienceGroupRequest;
export type AudienceOfImpressions = manageAudience.CreateImpBasedAudienceGroupRequest;
export type AudienceDescription = manageAudience.UpdateAudienceGroupDescriptionRequest;
export type Broadcast = messagingApi.BroadcastRequest;
export type Validate = messagingApi.ValidateMessageRequest;
export type RichMenu = messagingApi.RichMenuRequest;
export type RichMenuAlias = messagingApi.CreateRichMenuAliasRequest;
export type RichMenuAliasUpdate = messagingApi.UpdateRichMenuAliasRequest;
export type RichMenuBulkLink = messagingApi.RichMenuBulkLinkRequest;
export type RichMenuBulkUnlink = messagingApi.RichMenuBulkUnlinkRequest;
export type RichMenuBatch = messagingApi.RichMenuBatchRequest;
export type CouponCreate = messagingApi.CouponCreateRequest;
export type MissionSticker = shop.MissionStickerRequest;
export type Loading = messagingApi.ShowLoadingAnimationRequest;
export type MarkAsReadByToken = messagingApi.MarkMessagesAsReadByTokenRequest;
export type MarkAsRead = messagingApi.MarkMessagesAsReadRequest;
export type WebhookEndpoint = messagingApi.SetWebhookEndpointRequest;
export type WebhookTest = messagingApi.TestWebhookEndpointRequest;

// Not received but sent: with it the conformance tests look at every webhook that leaves.
export type Callback = webhook.CallbackRequest;
