export { default } from '../../clusters/homelab';
